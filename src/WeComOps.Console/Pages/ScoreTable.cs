using WeComOps.Console.Naming;
using WeComOps.Primitives;
using WeComOps.Scorecard;

namespace WeComOps.Console.Pages;

/// <summary>Subjects down, metrics across.</summary>
/// <param name="Total">The explain view's name of the total.</param>
/// <param name="RowName">What a row is, in Chinese.</param>
internal sealed record ScoreTable(
    ScoreWeek Week, IReadOnlyList<SubjectScore> Rows, IReadOnlyList<string> Metrics, string Total, Names Names, string RowName);
