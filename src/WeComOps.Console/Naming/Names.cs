using WeComOps.Access;
using WeComOps.Console.Language;
using WeComOps.Directory;
using WeComOps.Templates;

namespace WeComOps.Console.Naming;

/// <summary>Names for ids. An id that nobody knows is shown as it is.</summary>
internal sealed class Names(
    IReadOnlyList<Branch> branches, IReadOnlyList<Member> members, IReadOnlyList<Template> templates, IReadOnlyList<Person> people)
{
    private readonly Dictionary<string, Branch> _branches = branches.ToDictionary(branch => branch.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, Member> _members = members.ToDictionary(member => member.UserId, StringComparer.Ordinal);
    private readonly Dictionary<string, Template> _templates = templates.ToDictionary(template => template.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, Person> _people = people.ToDictionary(person => person.Id, StringComparer.Ordinal);

    public IReadOnlyList<Branch> Branches => branches;

    public IReadOnlyList<Member> Members => members;

    public IReadOnlyList<Template> Templates => templates;

    /// <summary>Branches that have advisors: the ones to choose from.</summary>
    public IEnumerable<Branch> StaffedBranches =>
        branches.Where(branch => members.Any(member => member.HasCustomers && member.BranchId == branch.Id)).OrderBy(branch => branch.Id, StringComparer.Ordinal);

    public string Branch(string? id) => id is null ? "–" : _branches.GetValueOrDefault(id)?.Name ?? id;

    public string Advisor(string? userId) => userId is null ? "–" : _members.GetValueOrDefault(userId)?.Name ?? userId;

    public string? BranchOf(string? userId) => userId is null ? null : _members.GetValueOrDefault(userId)?.BranchId;

    public string Template(string? id) => id is null ? "–" : _templates.GetValueOrDefault(id)?.Title ?? id;

    public Template? FindTemplate(string id) => _templates.GetValueOrDefault(id);

    /// <summary>A person of the console, or an advisor, or the id.</summary>
    public string Person(string? id) => id is null ? "–" : _people.GetValueOrDefault(id)?.Name ?? _members.GetValueOrDefault(id)?.Name ?? id;

    public string Subject(Texts t, string subject)
    {
        var (kind, id) = Split(subject);
        return kind switch
        {
            "bank" => t["全行"],
            "desk" => t["应答台"],
            "advisor" => Advisor(id),
            "branch" => Branch(id),
            "editor" => Person(id),
            "template" => Template(id),
            "topic" => Labels.Topic(t, id),
            _ => id,
        };
    }

    /// <summary>Parts of <c>branch:12</c>.</summary>
    public static (string Kind, string Id) Split(string subject)
    {
        var colon = subject.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (subject, string.Empty) : (subject[..colon], subject[(colon + 1)..]);
    }
}
