namespace WeComOps.Console.Security;

/// <summary>The page each role starts its day with.</summary>
internal static class Landing
{
    public static string Of(Viewer viewer) =>
        viewer.May(ConsolePolicy.ReadScorecards) ? "/"
        : viewer.May(ConsolePolicy.AnswerQuestions) ? "/questions"
        : viewer.May(ConsolePolicy.ReadTemplates) ? "/templates"
        : "/settings";
}
