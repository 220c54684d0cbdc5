namespace WeComOps.Host.Tests.Oracle;

/// <summary>A template as the demo's teams use it.</summary>
/// <param name="Phrase">Words that occur in no other template.</param>
/// <param name="Line">Product line; null when it carries none.</param>
internal sealed record PlannedContent(string Template, string Phrase, string? Line)
{
    public bool IsCoupon => Template.StartsWith("coupon-", StringComparison.Ordinal);

    public string Editor => IsCoupon ? "zhao.lei" : "chen.jing";

    public string Team => IsCoupon ? "活动运营组" : "财富内容组";
}

/// <summary>What is asked on a day: of whom, of what kind, until when.</summary>
internal sealed record PlannedAsk(string Action, PlannedContent Content, DateOnly Day, DateTimeOffset Deadline, IReadOnlyList<string> Branches);

/// <summary>The demo's plan, written down a second time from what the two teams are told to do.</summary>
internal static class DemoPlan
{
    public static readonly PlannedContent PlainRequest = new("plain-request", "您好，我是", Line: null);
    public static readonly PlannedContent CouponRequest = new("coupon-request", "加我领取专属福利", Line: null);
    public static readonly PlannedContent GoldGroup = new("gold-group", "我建了一个小群", "贵金属");
    public static readonly PlannedContent CouponGroup = new("coupon-group", "进群抢福利", "零售活动");

    private const string Wealth = "财富管理";
    private const string Retail = "零售活动";
    private static readonly PlannedContent GoldMoment = new("gold-moment", "上海金最新收盘价", "贵金属");
    private static readonly PlannedContent RatesMoment = new("rates-moment", "7天逆回购利率", Wealth);
    private static readonly PlannedContent CouponMoment = new("coupon-moment", "绑卡支付领立减金", Retail);
    private static readonly PlannedContent PointsMoment = new("coupon-points-moment", "积分兑换立减金", Retail);
    private static readonly PlannedContent RatesPost = new("rates-post", "今天债市收盘", Wealth);
    private static readonly PlannedContent CouponPost = new("coupon-post", "福利时间！", Retail);

    private static readonly PlannedContent[] Pushes =
        [GoldMoment, RatesMoment, CouponMoment, PointsMoment, RatesPost, CouponPost, GoldGroup, CouponGroup];

    private static readonly string[] Professional = ["天河支行", "越秀支行", "白云支行", "黄埔支行"];
    private static readonly string[] Coupon = ["海珠支行", "番禺支行", "白云支行", "黄埔支行"];
    private static readonly string[] PlainCopy = ["天河支行", "越秀支行", "白云支行"];
    private static readonly string[] OfferCopy = ["海珠支行", "番禺支行", "黄埔支行"];

    public static readonly IReadOnlyDictionary<string, string> BranchIds = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["天河支行"] = "2",
        ["越秀支行"] = "3",
        ["海珠支行"] = "4",
        ["番禺支行"] = "5",
        ["白云支行"] = "6",
        ["黄埔支行"] = "7",
    };

    public static PlannedContent Pushed(string text) => Pushes.Single(content => text.Contains(content.Phrase, StringComparison.Ordinal));

    public static PlannedContent Copy(string text) => text.Contains(CouponRequest.Phrase, StringComparison.Ordinal) ? CouponRequest
        : text.StartsWith(PlainRequest.Phrase, StringComparison.Ordinal) ? PlainRequest
        : throw new InvalidOperationException("No template has this copy: " + text);

    /// <summary>Product line of the answer that the desk gives to a topic.</summary>
    public static string? AnswerLine(string topic) => topic is "benefits" or "loan" or "other" ? null : Wealth;

    public static bool IsInvitation(PlannedContent content) => content == GoldGroup || content == CouponGroup;

    /// <summary>Pushes, groups and posts of a week; friend requests are asked every workday.</summary>
    public static IEnumerable<PlannedAsk> Week(DateOnly monday, int number)
    {
        PlannedAsk Moment(int day, PlannedContent content, string[] branches) => Ask("moments", day, content, branches);
        PlannedAsk Post(int day, PlannedContent content, string[] branches) => Ask("group_posts", day, content, branches);
        PlannedAsk Ask(string action, int day, PlannedContent content, string[] branches) =>
            new(action, content, monday.AddDays(day), Days.At(monday.AddDays(day), 20), branches);
        PlannedAsk Group(PlannedContent content, string[] branches) => new("group_building", content, monday, Days.At(monday.AddDays(1), 18), branches);

        yield return Moment(0, GoldMoment, Professional);
        if (number % 2 == 1)
        {
            yield return Group(GoldGroup, PlainCopy);
            yield return Group(CouponGroup, OfferCopy);
        }

        yield return Moment(1, CouponMoment, Coupon);
        yield return Post(2, RatesPost, Professional);
        yield return Moment(3, RatesMoment, Professional);
        yield return Post(3, CouponPost, Coupon);
        yield return Moment(4, PointsMoment, Coupon);
    }

    /// <summary>The name a group must have, to the letter, to count as built.</summary>
    public static string GroupName(PlannedContent content, int number, string branch, string advisor) =>
        FormattableString.Invariant($"{(content == GoldGroup ? "黄金观察" : "福利")}{(number / 2) + 1}群·{branch}·{advisor}");

    public static bool HasGroup(PlannedContent content, string name) => name.StartsWith(content == GoldGroup ? "黄金观察" : "福利", StringComparison.Ordinal);
}
