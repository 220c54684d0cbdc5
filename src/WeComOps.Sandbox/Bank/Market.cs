using System.Globalization;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Bank;

/// <summary>One published market figure. Words are how a text speaks of it; Special facts are news by themselves.</summary>
internal sealed record MarketFact(string Key, string Name, string Value, string Unit, string Source, DateTimeOffset Time, string[] Words, bool Special);

/// <summary>What the markets did on each day of the simulated world; figures are invented but plausible.</summary>
internal sealed class Market(Dice dice, WorkCalendar calendar)
{
    private readonly Dictionary<DateOnly, IReadOnlyList<MarketFact>> _days = [];

    public IReadOnlyList<MarketFact> On(DateOnly day)
    {
        if (_days.TryGetValue(day, out var known)) return known;
        List<MarketFact> facts = [];
        if (calendar.IsWorkday(day)) Add(day, facts);
        return _days[day] = facts;
    }

    private void Add(DateOnly day, List<MarketFact> facts)
    {
        var gold = Gold(day);
        var before = Gold(day.AddDays(day.DayOfWeek == DayOfWeek.Monday ? -3 : -1));
        facts.Add(new("gold_close", "上海金收盘价", Figure(gold), "元/克", "上海黄金交易所", ShanghaiTime.At(day, 930), ["黄金", "金价", "上海金"], false));
        facts.Add(new("gold_change", "上海金日涨跌幅", Figure((gold - before) / before * 100), "%", "上海黄金交易所", ShanghaiTime.At(day, 930), ["黄金", "金价"], false));
        facts.Add(new("omo_7d", "7天期逆回购利率", "1.40", "%", "中国人民银行", ShanghaiTime.At(day, 560), ["逆回购"], false));
        facts.Add(new("cgb_10y", "10年期国债收益率", Figure(1.78m + (decimal)(dice.Below(9, "cgb", day.DayNumber) - 4) / 100), "%", "中国债券信息网", ShanghaiTime.At(day, 1020), ["国债", "债市", "债券"], day.DayOfWeek == DayOfWeek.Wednesday));
        if (day.Day == 20 || (day.Day is 21 or 22 && day.DayOfWeek == DayOfWeek.Monday))
        {
            facts.Add(new("lpr_1y", "1年期LPR", "3.00", "%", "全国银行间同业拆借中心", ShanghaiTime.At(day, 540), ["LPR"], true));
            facts.Add(new("lpr_5y", "5年期以上LPR", "3.50", "%", "全国银行间同业拆借中心", ShanghaiTime.At(day, 540), ["LPR"], true));
        }

        if (day is { Year: 2026, Month: 10, Day: 29 } or { Year: 2026, Month: 12, Day: 10 })
            facts.Add(new("fed_funds", "联邦基金利率目标区间", "3.50-3.75", "%", "美国联邦储备委员会", ShanghaiTime.At(day, 120), ["美联储", "降息", "联邦基金"], true));
        if (day is { Year: 2026, Month: 11, Day: 9 })
            facts.Add(new("cpi_yoy", "居民消费价格同比", "0.4", "%", "国家统计局", ShanghaiTime.At(day, 570), ["CPI", "物价", "居民消费价格"], true));
        if (day is { Year: 2026, Month: 11, Day: 4 })
            facts.Add(new("deposit_cut", "大行三年期定存挂牌利率", "1.25", "%", "各行公告", ShanghaiTime.At(day, 540), ["存款利率", "挂牌利率", "大额存单"], true));
    }

    private decimal Gold(DateOnly day) => 905m + day.DayNumber % 97 * 0.35m + (dice.Below(1200, "gold", day.DayNumber) - 600) / 100m;

    private static string Figure(decimal value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
