using Microsoft.AspNetCore.Authorization;
using WeComOps.Access;

namespace WeComOps.Console.Security;

/// <summary>Who may do what. Every endpoint of the console names one of these; nothing is open by omission.</summary>
internal static class ConsolePolicy
{
    public const string SignedIn = "signed-in";
    public const string ReadScorecards = "read-scorecards";
    public const string ReadInstructions = "read-instructions";
    public const string IssueInstructions = "issue-instructions";
    public const string StopInstructions = "stop-instructions";
    public const string ReadTemplates = "read-templates";
    public const string WriteTemplates = "write-templates";
    public const string ReviewTemplates = "review-templates";
    public const string WithdrawTemplates = "withdraw-templates";
    public const string AnswerQuestions = "answer-questions";
    public const string ReadSales = "read-sales";
    public const string ReadCustomers = "read-customers";
    public const string ReadChecks = "read-checks";
    public const string ReadSettings = "read-settings";
    public const string ReadInbox = "read-inbox";
    public const string Operate = "operate";

    /// <summary>The roles of each policy. Administrators configure; they read no customer's question for that.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Roles = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        [SignedIn] = Role.All,
        [ReadScorecards] = [Role.Manager, Role.Administrator, Role.Editor],
        [ReadInstructions] = [Role.Editor, Role.Reviewer, Role.Manager, Role.Administrator],
        [IssueInstructions] = [Role.Editor],
        // Whoever sees harm may end it; only who writes may begin.
        [StopInstructions] = [Role.Editor, Role.Reviewer, Role.Manager],
        [ReadTemplates] = [Role.Editor, Role.Reviewer, Role.Manager],
        [WriteTemplates] = [Role.Editor],
        [ReviewTemplates] = [Role.Reviewer],
        [WithdrawTemplates] = [Role.Editor, Role.Reviewer],
        [AnswerQuestions] = [Role.Answerer, Role.Editor],
        [ReadSales] = [Role.Editor, Role.Manager],
        [ReadCustomers] = [Role.Editor, Role.Manager],
        [ReadChecks] = [Role.Manager, Role.Administrator],
        [ReadSettings] = [Role.Manager, Role.Administrator, Role.Editor],
        [ReadInbox] = [Role.Manager, Role.Administrator],
        [Operate] = [Role.Administrator],
    };

    public static void Register(AuthorizationOptions options)
    {
        foreach (var (policy, roles) in Roles)
        {
            options.AddPolicy(policy, builder => builder.RequireAuthenticatedUser().RequireRole(roles));
        }

        // What names no policy by mistake still asks for a person.
        options.DefaultPolicy = options.GetPolicy(SignedIn)!;
        options.FallbackPolicy = options.GetPolicy(SignedIn)!;
    }
}
