using WeComOps.Sandbox.Bank;

namespace WeComOps.Sandbox.Story;

/// <summary>A moment task (客户朋友圈) of the corp and what became of it.</summary>
internal sealed class Moment(string momentId, Content content, DateTimeOffset createdAt, IReadOnlyList<Advisor> executors, IReadOnlyList<string> tags)
{
    public string MomentId { get; } = momentId;

    public Content Content { get; } = content;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public IReadOnlyList<Advisor> Executors { get; } = executors;

    /// <summary>Corp tags that narrow who sees it; empty for everybody.</summary>
    public IReadOnlyList<string> Tags { get; } = tags;

    public IReadOnlyList<string> MediaIds { get; init; } = [];

    /// <summary>Digests of the pictures, in their order.</summary>
    public IReadOnlyList<string> Pictures { get; init; } = [];

    public string? LinkUrl { get; init; }

    public string? LinkTitle { get; init; }

    public bool Cancelled { get; set; }

    public Dictionary<string, Publication> Publications { get; } = new(StringComparer.Ordinal);

    public ulong Key => Dice.Hash(MomentId);

    public bool Sees(Friendship friend) => friend.Active && (Tags.Count == 0 || Tags.Any(friend.Tags.Contains));
}

/// <summary>One advisor's publication of a moment.</summary>
internal sealed class Publication(Advisor advisor, DateTimeOffset at, IReadOnlyList<Customer> reached)
{
    public Advisor Advisor { get; } = advisor;

    public DateTimeOffset At { get; } = at;

    /// <summary>When an answer first showed it: the product cannot know it earlier.</summary>
    public DateTimeOffset? ServedAt { get; set; }

    public IReadOnlyList<Customer> Reached { get; } = reached;

    public HashSet<int> ReachedIndex { get; } = [.. reached.Select(customer => customer.Index)];

    public List<(Customer Customer, DateTimeOffset At)> Comments { get; } = [];

    public List<(Customer Customer, DateTimeOffset At)> Likes { get; } = [];
}

/// <summary>An asynchronous creation; the moment exists when it is done (WeCom doc 95094).</summary>
internal sealed record MomentJob(string JobId, DateTimeOffset CreatedAt, DateTimeOffset DoneAt, Moment Moment, IReadOnlyList<string> InvalidUsers, IReadOnlyList<long> InvalidDepartments, IReadOnlyList<string> InvalidTags);
