using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Scorecard;

/// <summary>The weekly action-versus-outcome report: a pure function of (facts, rules).</summary>
/// <param name="Watermark">SHA-256 over the ids of the facts read, in order.</param>
/// <param name="Front">Advisors, branches, product lines and the bank, scored on actions only.</param>
/// <param name="Mid">Editors, teams, product lines, templates, branches' content and the desk, scored on outcomes only.</param>
public sealed record Card(
    ScoreWeek Week, WeekState State, string RulesVersion, string RulesDigest, string Watermark,
    IReadOnlyList<Readiness> Readiness, IReadOnlyList<SubjectScore> Front, IReadOnlyList<SubjectScore> Mid);

/// <summary>How much of a day's statistics has arrived.</summary>
public sealed record Readiness(DateOnly Day, int Expected, int Arrived);

/// <param name="Subject"><c>advisor:…</c>, <c>branch:…</c>, <c>line:…</c>, <c>bank:all</c>, <c>editor:…</c>, <c>team:…</c>, <c>template:…</c>, <c>desk:all</c>, <c>topic:…</c>.</param>
/// <param name="Score">0 to 100 with one decimal; null: no assignment, or 数据不足.</param>
public sealed record SubjectScore(string Subject, decimal? Score, IReadOnlyList<Line> Lines);

/// <summary>One number of the card.</summary>
/// <param name="Numerator">Half-done days of friend requests make it fractional.</param>
/// <param name="Value">Rates 0 to 1; "per 100" and "per 1,000" metrics as such. Null without a denominator.</param>
/// <param name="Points">0 to 100; null where there is too little evidence, and for context.</param>
/// <param name="Interval">95 % Wilson interval of a rate.</param>
/// <param name="Evidence">The count that is compared with the minimum.</param>
/// <param name="Missing">Days whose statistics have not arrived: out of both sides.</param>
public sealed record Line(
    string Metric, decimal Numerator, decimal Denominator, decimal? Value, decimal? Points, decimal Weight,
    (decimal Low, decimal High)? Interval, long Evidence, IReadOnlyList<string> Missing);

/// <summary>A fact's part in a number: what the explain view lists.</summary>
/// <param name="Side">numerator or denominator.</param>
public sealed record Contribution(FactRef Fact, string Side, decimal Amount);
