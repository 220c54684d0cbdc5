using WeComOps.Primitives;

namespace WeComOps.Ledger;

/// <summary>
/// One immutable, sourced record: the only thing the scorecard reads. What scoring needs "as of the day" (tier, branch,
/// target, content) is stamped when the fact is recorded.
/// </summary>
public sealed record Fact
{
    /// <summary>Natural key built from the source: the same thing recorded twice is one fact.</summary>
    public required string Id { get; init; }

    /// <summary>Asia/Shanghai day; with <see cref="Id"/> the primary key.</summary>
    public required DateOnly Day { get; init; }

    public required FactKind Kind { get; init; }

    /// <summary>UTC, milliseconds.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Deadline of an assignment, end of service time of a question. UTC.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>WeCom userid.</summary>
    public string? Advisor { get; init; }

    /// <summary>Branch (WeCom department id) of the advisor on that day.</summary>
    public string? Branch { get; init; }

    /// <summary>WeCom external_userid.</summary>
    public string? Customer { get; init; }

    /// <summary>Tier of the customer when the fact was recorded.</summary>
    public string? Tier { get; init; }

    /// <summary>WeCom chat_id.</summary>
    public string? Group { get; init; }

    /// <summary>The content that caused it or that it carries out.</summary>
    public ContentRef? Content { get; init; }

    /// <summary>moment_id or msgid of the push.</summary>
    public string? Push { get; init; }

    public string? Product { get; init; }

    /// <summary>Token of the tracked link.</summary>
    public string? Link { get; init; }

    public string? Click { get; init; }

    /// <summary>Topic of a question.</summary>
    public string? Topic { get; init; }

    /// <summary>Sub-kind: see <see cref="FactClass"/>; the action of an assignment; the kind of content of an exposure.</summary>
    public string? Class { get; init; }

    public long Quantity { get; init; } = 1;

    public decimal? Amount { get; init; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>The exposure, question or assignment this fact is credited to.</summary>
    public FactRef? Cause { get; init; }

    public FactRef? Corrects { get; init; }

    /// <summary>Id of the raw source: <c>inbox:…</c>, <c>pull:…</c>, <c>sale:…</c>, <c>click:…</c>, <c>console:…</c>.</summary>
    public required string Source { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public FactRef Ref => new(Day, Id);
}

/// <summary>Names a fact; written <c>2026-11-09/moment_published:…</c>.</summary>
public readonly record struct FactRef(DateOnly Day, string Id)
{
    public ScoreWeek Week => ScoreWeek.Of(Day);

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Day:yyyy-MM-dd}/{Id}");

    /// <exception cref="FormatException">The text is no reference.</exception>
    public static FactRef Parse(string text)
    {
        if (text.Length > 11 && text[10] == '/'
            && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day))
        {
            return new FactRef(day, text[11..]);
        }

        throw new FormatException($"'{text}' does not name a fact. Write it as 2026-11-09/id.");
    }
}

/// <summary>A content version in use: what an outcome belongs to.</summary>
/// <param name="Instruction">Instruction id; null for content outside an instruction.</param>
/// <param name="Template">Template id.</param>
/// <param name="Version">Version number of the approved template.</param>
/// <param name="Variant">Wording or variant under test.</param>
/// <param name="Author">Editor who answers for it.</param>
/// <param name="Team">The author's team.</param>
public sealed record ContentRef(
    string? Instruction, string Template, int Version, string? Variant, string Author, string Team, string? ProductLine)
{
    /// <summary>Written <c>template@version</c>.</summary>
    public string TemplateVersion => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Template}@{Version}");
}
