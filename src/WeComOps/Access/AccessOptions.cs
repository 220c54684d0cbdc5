namespace WeComOps.Access;

/// <summary>What people may do. Administrators sign in and configure; they read no customer's question for that.</summary>
public static class Role
{
    public const string Editor = "editor";
    public const string Reviewer = "reviewer";
    public const string Answerer = "answerer";
    public const string Manager = "manager";
    public const string Administrator = "administrator";

    public static readonly IReadOnlyList<string> All = [Editor, Reviewer, Answerer, Manager, Administrator];
}

/// <summary>A person of the console.</summary>
/// <param name="Branch">A manager of one branch sees only that branch; null: the whole bank.</param>
/// <param name="Team">An editor's team: it answers for what the editor writes.</param>
public sealed record Person(string Id, string Name, IReadOnlyList<string> Roles, string? Branch, string? Team);

/// <summary>Section <c>Access</c>.</summary>
public sealed class AccessOptions
{
    public const string SectionName = "Access";
    public const int ShortestKey = 24;

    /// <summary>Signs the administrator in until WeCom sign-in is connected; at least 24 characters, kept in a secret store.</summary>
    public string? AdministratorKey { get; set; }

    /// <summary>People one may become without a key. Set by the demo only, never from configuration.</summary>
    public IReadOnlyList<Person> DemoPeople { get; private set; } = [];

    /// <summary>The demo's role switch; reachable on loopback only.</summary>
    public void UseDemoPeople(IReadOnlyList<Person> people) => DemoPeople = people;

    public IEnumerable<string> Validate()
    {
        if (DemoPeople.Count == 0 && AdministratorKey is not { Length: >= ShortestKey })
        {
            yield return $"Access:AdministratorKey is missing or shorter than {ShortestKey} characters. Set a long random key (for example through the environment variable Access__AdministratorKey); without it nobody could sign in to the console.";
        }
    }
}
