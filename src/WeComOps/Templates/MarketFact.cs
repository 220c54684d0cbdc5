using System.Globalization;
using System.Text.Json.Serialization;
using WeComOps.Primitives;

namespace WeComOps.Templates;

/// <summary>A figure of the day that makes content timely: a price, a rate, a decision.</summary>
/// <param name="Name">As templates call it: lower-case letters, digits and underscores, for example <c>gold_close</c>.</param>
/// <param name="Value">As published, without unit.</param>
/// <param name="Source">Who published it; content that quotes a figure names its source.</param>
/// <param name="At">When it was published.</param>
/// <param name="Unit">As published, for example 元/克; null where there is none.</param>
public sealed record MarketFact(
    string Name, string Value, string Source, DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Unit = null);

/// <summary>A figure that a template quotes, as it would leave.</summary>
/// <param name="Fact">The latest one; null when there is none.</param>
/// <param name="Fault">Why it must not leave, in the words of the screen; null when it may.</param>
public sealed record QuotedFigure(string Name, MarketFact? Fact, string? Fault);

/// <summary>The figures at hand, to be read as of an instant. Immutable.</summary>
public sealed class MarketFacts
{
    private readonly ILookup<string, MarketFact> _facts;

    /// <summary>Of two that were published at one instant the first counts.</summary>
    public MarketFacts(IEnumerable<MarketFact> facts) => _facts = facts.OrderByDescending(fact => fact.At).ToLookup(fact => fact.Name, StringComparer.Ordinal);

    public static MarketFacts None { get; } = new([]);

    /// <summary>What the template quotes, each with what keeps it from leaving.</summary>
    /// <param name="sentAt">When the first reader may see it: its age then decides.</param>
    public IReadOnlyList<QuotedFigure> QuotedBy(TemplateSource source, DateTimeOffset now, DateTimeOffset sentAt) =>
    [
        .. source.Market.Select(declared => (declared.Key, declared.Value, Latest: Latest(declared.Key, now)))
            .Select(one => new QuotedFigure(one.Key, one.Latest, FaultOf(one.Value, one.Latest, sentAt))),
    ];

    /// <summary>What a template quotes and must not leave, said to the person who wants to send it; null when nothing stands against it.</summary>
    public string? Refuse(TemplateSource source, DateTimeOffset now, DateTimeOffset sentAt)
    {
        var faults = QuotedBy(source, now, sentAt).Where(quoted => quoted.Fault is not null).Select(quoted => $"{quoted.Name} {quoted.Fault}").ToArray();
        return faults.Length == 0 ? null : $"行情数据还不能用：{string.Join("；", faults)}。请在“行情数据”页（/market）录入或更正，再发出。";
    }

    private MarketFact? Latest(string name, DateTimeOffset now) => _facts[name].FirstOrDefault(fact => fact.At <= now);

    private static string? FaultOf(DeclaredFact declared, MarketFact? latest, DateTimeOffset sentAt) => latest switch
    {
        null => "没有录入",
        _ when sentAt - latest.At > TimeSpan.FromDays(declared.MaxAgeDays) => string.Create(
            CultureInfo.InvariantCulture, $"最近一条是 {ShanghaiTime.ToLocal(latest.At):yyyy-MM-dd HH:mm} 的，到发送时超过 {declared.MaxAgeDays} 天"),
        _ when !TemplateModels.Fits(declared.Type, latest.Value) => $"的值是“{latest.Value}”，模板要的是数字",
        _ when declared.Unit is { } unit && unit != (latest.Unit ?? string.Empty) => $"的单位是“{latest.Unit}”，模板写的是“{unit}”",
        _ => null,
    };
}
