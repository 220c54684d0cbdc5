namespace WeComOps.Templates;

/// <summary>A figure of the day that makes content timely: a price, a rate, a decision.</summary>
/// <param name="Name">As templates call it: lower-case letters, digits and underscores, for example <c>gold_close</c>.</param>
/// <param name="Value">As published, without unit.</param>
/// <param name="Source">Who published it; content that quotes a figure names its source.</param>
/// <param name="At">When it was published.</param>
public sealed record MarketFact(string Name, string Value, string Source, DateTimeOffset At);

/// <summary>The figures at hand, to be read as of an instant. Immutable.</summary>
public sealed class MarketFacts
{
    private readonly ILookup<string, MarketFact> _facts;

    public MarketFacts(IEnumerable<MarketFact> facts) => _facts = facts.OrderByDescending(fact => fact.At).ToLookup(fact => fact.Name, StringComparer.Ordinal);

    public static MarketFacts None { get; } = new([]);

    /// <summary>The latest figure published by then and not older than the template allows; null when there is none.</summary>
    public MarketFact? Find(string name, DateTimeOffset now, int maxAgeDays) =>
        _facts[name].FirstOrDefault(fact => fact.At <= now) is { } latest && now - latest.At <= TimeSpan.FromDays(maxAgeDays) ? latest : null;

    /// <summary>What a template asks for and is not at hand, said to the person who wants to send it; null when nothing is missing.</summary>
    public string? Missing(TemplateSource source, DateTimeOffset now)
    {
        var missing = source.Market.Where(declared => Find(declared.Key, now, declared.Value.MaxAgeDays) is null).Select(declared => declared.Key).ToArray();
        return missing.Length == 0 ? null : $"缺少当天的行情数据：{string.Join("、", missing)}。请先录入数值、来源和时间，再发出。";
    }
}
