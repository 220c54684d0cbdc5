using WeComOps.Templates;
using WeComOps.Templates.Lint;

namespace WeComOps.Console.Pages;

/// <summary>The colour class of a state: green done, amber at risk, accent under way.</summary>
internal static class StateTones
{
    public static string Of(LintLevel level) => level switch
    {
        LintLevel.Block => "is-harm",
        LintLevel.Warn => "is-risk",
        _ => string.Empty,
    };

    public static string Of(VersionState state) => state switch
    {
        VersionState.Approved => "is-done",
        VersionState.Returned => "is-risk",
        VersionState.InReview => "is-open",
        _ => string.Empty,
    };
}
