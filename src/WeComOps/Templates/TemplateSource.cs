namespace WeComOps.Templates;

/// <summary>A template file taken apart: front matter between two <c>---</c> lines, then the text.</summary>
/// <param name="ProductType">deposit, wealth, fund, insurance, loan, precious_metal or none; null when not said.</param>
/// <param name="Variables">Declared variables: name → type and sample.</param>
/// <param name="Wordings">Names that stand for one of several phrases, so that colleagues do not post one sentence.</param>
/// <param name="BodyLine">Line of the file on which the text starts, from 1: errors are reported in file lines.</param>
public sealed record TemplateSource(
    TemplateKind Kind, string Title, string? ProductLine, string? ProductType,
    IReadOnlyDictionary<string, DeclaredVariable> Variables, IReadOnlyDictionary<string, IReadOnlyList<string>> Wordings, string Body, int BodyLine)
{
    /// <summary>The customer segment that the content is written for; <c>segment.name</c> in the text.</summary>
    public string? Audience { get; init; }

    /// <summary>What the text must say word for word; <c>risk_text</c> in the text.</summary>
    public string? RiskText { get; init; }

    /// <summary>Last day (Asia/Shanghai) on which it may be sent.</summary>
    public DateOnly? Expires { get; init; }

    public DeclaredProduct? Product { get; init; }

    /// <summary>Market facts that the text quotes, by name; <c>market.gold_close.value</c> in the text.</summary>
    public IReadOnlyDictionary<string, DeclaredFact> Market { get; init; } = new Dictionary<string, DeclaredFact>(StringComparer.Ordinal);

    /// <summary>Texts that the body includes, by name. They stand in the template's own file, so nothing elsewhere can change what was approved.</summary>
    public IReadOnlyDictionary<string, string> Snippets { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Wordings under test: name → what it tries. One of the names is <c>variant</c> in the text. In the order written.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Variants { get; init; } = [];

    /// <summary>Pictures that go with the text, each by its id or its file name.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>How the tracked link is shown; null: as an address in the text.</summary>
    public DeclaredCard? Card { get; init; }

    public IReadOnlyList<RegisteredExemption> Exemptions { get; init; } = [];

    /// <summary>Where the values stand in the file, by path, for example <c>wordings.opening.0</c>.</summary>
    internal IReadOnlyDictionary<string, Place> Places { get; init; } = new Dictionary<string, Place>(StringComparer.Ordinal);

    /// <summary>How many different texts the wordings can make, at most <see cref="int.MaxValue"/>.</summary>
    public int DistinctWordings => (int)Wordings.Values.Aggregate(1L, (product, phrases) => Math.Min(product * Math.Max(1, phrases.Count), int.MaxValue));

    /// <summary>
    /// The phrase of each wording for the n-th text. No combination comes twice before all have come, and from one text to the next
    /// not only one phrase changes but mostly all of them: neighbours should not look alike.
    /// </summary>
    public IReadOnlyDictionary<string, string> WordingOf(int number)
    {
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal);
        var turned = 0;
        foreach (var (name, phrases) in Wordings.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var digit = number % phrases.Count;
            chosen[name] = phrases[(digit + turned) % phrases.Count];
            turned += digit;
            number /= phrases.Count;
        }

        return chosen;
    }

    /// <summary>The variant of the n-th slice: they take turns, so that each is tried on as many advisors. Null without variants.</summary>
    public string? VariantOf(int number) => Variants.Count == 0 ? null : Variants[number % Variants.Count].Key;

    /// <summary>The number of the wording of the n-th slice: neighbours differ, and in the end every variant has met every wording.</summary>
    public int WordingNumberOf(int number) => Variants.Count == 0 ? number : (number / Variants.Count) + (number % Variants.Count);

    /// <summary>What was sent, for the ledger: <c>w2</c>, or <c>short.w2</c> with variants.</summary>
    public string VariantLabelOf(int number)
    {
        var wording = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"w{(WordingNumberOf(number) % DistinctWordings) + 1}");
        return VariantOf(number) is { } variant ? $"{variant}.{wording}" : wording;
    }

    internal Place PlaceOf(string path) => Places.GetValueOrDefault(path, Place.Start);

    /// <summary>Line and column in the file of a character of a snippet.</summary>
    internal (int Line, int Column) PlaceInSnippet(string name, int offset)
    {
        var before = Snippets[name].AsSpan(0, Math.Clamp(offset, 0, Snippets[name].Length));
        return PlaceOf(SnippetPath(name)).At(before.Count('\n'), before.Length - before.LastIndexOf('\n') - 1);
    }

    internal static string SnippetPath(string name) => "snippets." + name;

    /// <summary>Reads a template file; on failure says where and what to do (the first thing).</summary>
    public static (TemplateSource? Source, TemplateFault? Fault) Parse(string text)
    {
        var (source, faults) = Read(text);
        return (source, source is null ? faults[0] : null);
    }

    /// <summary>Reads a template file; on failure says everything that is wrong, in the order of the file.</summary>
    public static (TemplateSource? Source, IReadOnlyList<TemplateFault> Faults) Read(string text) => FrontMatter.Read(text);

    public static string NameOf(TemplateKind kind) => kind switch
    {
        TemplateKind.RequestCopy => "request_copy",
        TemplateKind.Welcome => "welcome",
        TemplateKind.Moment => "moment",
        TemplateKind.JoinCopy => "join_copy",
        TemplateKind.GroupPost => "group_post",
        TemplateKind.DirectMessage => "direct_message",
        TemplateKind.Answer => "answer",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static bool TryParseKind(string text, out TemplateKind kind)
    {
        foreach (var candidate in Enum.GetValues<TemplateKind>())
        {
            if (NameOf(candidate) == text)
            {
                kind = candidate;
                return true;
            }
        }

        kind = default;
        return false;
    }
}
