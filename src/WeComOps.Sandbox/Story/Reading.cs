using WeComOps.Sandbox.Bank;

namespace WeComOps.Sandbox.Story;

/// <summary>How customers take a text: own reading by key words, blind to who wrote it.</summary>
/// <param name="Professional">0 (nothing to learn) to 1.</param>
/// <param name="Timely">It speaks of something that happened today or yesterday.</param>
/// <param name="Coupon">0 to 1: freebies.</param>
/// <param name="Generic">A bulletin that any bank could have posted.</param>
internal readonly record struct Reading(double Professional, bool Timely, double Coupon, bool Generic)
{
    private static readonly string[] ProfessionalWords =
    [
        "利率", "LPR", "国债", "债券", "债市", "黄金", "金价", "美联储", "降息", "加息", "基金", "配置", "期限", "风险等级", "收益率", "存单", "净值",
        "通胀", "CPI", "汇率", "权益市场", "久期", "定投", "年金", "保险", "理财", "逆回购", "波动", "仓位",
    ];

    private static readonly string[] CouponWords =
        ["立减金", "满减", "优惠券", "积分", "兑换", "抽奖", "米面油", "福利", "红包", "礼品", "好礼", "免费领", "秒杀"];

    private static readonly string[] GenericWords =
        ["温馨提示", "尊敬的客户", "节日快乐", "早安", "晚安", "祝您", "欢迎光临", "竭诚", "一站式", "转发", "点赞", "敬请关注", "感谢您的支持"];

    private static readonly string[] TimeWords =
        ["今天", "今日", "昨天", "昨日", "昨晚", "今早", "凌晨", "刚刚", "最新", "收于", "收盘", "公布"];

    /// <summary>How good the content is for somebody who wants to learn something, 0 to 1.</summary>
    public double Quality => Professional * (Timely ? 1.0 : 0.45) * (Generic ? 0.4 : 1.0) * (1 - 0.8 * Coupon);

    public static Reading Of(string text, DateOnly day, Market market)
    {
        var professional = Math.Min(1.0, Count(text, ProfessionalWords) / 3.0);
        var coupon = Math.Min(1.0, Count(text, CouponWords) / 2.0);
        var generic = Count(text, GenericWords) > 0;
        var dated = Count(text, TimeWords) > 0;
        // A Monday text may speak of Friday: the market slept on the weekend.
        var since = day.DayOfWeek == DayOfWeek.Monday ? 3 : 1;
        var timely = false;
        for (var back = 0; back <= since && !timely; back++)
            timely = market.On(day.AddDays(-back)).Any(fact => Mentions(text, fact, dated));
        return new Reading(professional, timely, coupon, generic);
    }

    private static bool Mentions(string text, MarketFact fact, bool dated) =>
        Count(text, fact.Words) > 0 && (fact.Special || dated || text.Contains(fact.Value, StringComparison.Ordinal));

    private static int Count(string text, string[] words) => words.Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
