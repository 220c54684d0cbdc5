using WeComOps.Ledger;

namespace WeComOps.Scorecard;

/// <summary>Whom a number is about.</summary>
public static class Subject
{
    public const string Bank = "bank:all";
    public const string Desk = "desk:all";

    public static string Advisor(string userId) => "advisor:" + userId;

    public static string Branch(string branchId) => "branch:" + branchId;

    public static string ProductLine(string line) => "line:" + line;

    public static string Editor(string userId) => "editor:" + userId;

    public static string Team(string team) => "team:" + team;

    public static string Template(string template) => "template:" + template;

    public static string Topic(string topic) => "topic:" + topic;

    /// <summary>Those scored on the action.</summary>
    internal static IEnumerable<string> OfAction(Fact assignment)
    {
        yield return Bank;
        yield return Advisor(assignment.Advisor!);
        if (assignment.Branch is { } branch)
        {
            yield return Branch(branch);
        }

        if (assignment.Content?.ProductLine is { } line)
        {
            yield return ProductLine(line);
        }
    }

    /// <summary>Those who answer for the content; the branch stands for the content used there.</summary>
    internal static IEnumerable<string> OfContent(ContentRef content, string? branch)
    {
        yield return Bank;
        yield return Editor(content.Author);
        yield return Team(content.Team);
        yield return Template(content.Template);
        if (content.ProductLine is { } line)
        {
            yield return ProductLine(line);
        }

        if (branch is not null)
        {
            yield return Branch(branch);
        }
    }
}
