using WeComOps.Templates;

namespace WeComOps.Console.Pages;

/// <summary>A name of the market: what counts now, and which content asks for it.</summary>
/// <param name="Entry">Null: nothing counts; content that asks for it cannot leave.</param>
/// <param name="UsedBy">Templates whose newest version quotes it, with what they declare.</param>
internal sealed record MarketRow(string Name, MarketEntry? Entry, IReadOnlyList<(Template Template, DeclaredFact Declared)> UsedBy)
{
    /// <summary>As the front matter's own: what counts where no template says otherwise.</summary>
    private const int DefaultMaxAgeDays = 4;

    /// <summary>The strictest of those that quote it.</summary>
    public int MaxAgeDays => UsedBy.Count == 0 ? DefaultMaxAgeDays : UsedBy.Min(use => use.Declared.MaxAgeDays);

    public bool IsStale(DateTimeOffset now) => Entry is not null && now - Entry.At > TimeSpan.FromDays(MaxAgeDays);

    /// <summary>Everything that was entered or is asked for: what is missing first, by name.</summary>
    public static IReadOnlyList<MarketRow> Of(IReadOnlyList<MarketEntry> current, IReadOnlyList<Template> templates)
    {
        var uses = templates.Where(template => template.Latest is not null)
            .SelectMany(template => (TemplateSource.Parse(template.Latest!.Source).Source?.Market ?? new Dictionary<string, DeclaredFact>(StringComparer.Ordinal)).Select(declared => (declared.Key, Template: template, Declared: declared.Value)))
            .ToLookup(use => use.Key, use => (use.Template, use.Declared), StringComparer.Ordinal);
        return
        [
            .. current.Select(entry => entry.Name).Union(uses.Select(use => use.Key), StringComparer.Ordinal)
                .Select(name => new MarketRow(name, current.FirstOrDefault(entry => entry.Name == name), [.. uses[name]]))
                .OrderBy(row => row.Entry is not null).ThenBy(row => row.Name, StringComparer.Ordinal),
        ];
    }
}
