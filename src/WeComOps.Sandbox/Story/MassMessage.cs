using WeComOps.Sandbox.Bank;

namespace WeComOps.Sandbox.Story;

/// <summary>A mass message (企业群发) of the corp: sent only when its sender confirms.</summary>
internal sealed class MassMessage(string messageId, bool toGroups, Content content, DateTimeOffset createdAt)
{
    public string MessageId { get; } = messageId;

    public bool ToGroups { get; } = toGroups;

    public Content Content { get; } = content;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>The attachments as they were sent, JSON.</summary>
    public string? AttachmentsJson { get; init; }

    /// <summary>Digests of the pictures, in their order.</summary>
    public IReadOnlyList<string> Pictures { get; init; } = [];

    public bool Cancelled { get; set; }

    public List<DateTimeOffset> Reminders { get; } = [];

    public List<Sending> Sendings { get; } = [];

    public ulong Key => Dice.Hash(MessageId);
}

/// <summary>One sender's part of a mass message.</summary>
internal sealed class Sending(Advisor sender)
{
    public Advisor Sender { get; } = sender;

    public IReadOnlyList<CustomerGroup> Groups { get; init; } = [];

    public IReadOnlyList<Customer> Customers { get; init; } = [];

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>When get_groupmsg_send_result first showed it.</summary>
    public DateTimeOffset? ServedAt { get; set; }

    /// <summary>Groups it really went to, with who was inside at that time.</summary>
    public List<(CustomerGroup Group, IReadOnlyList<Customer> Members)> Reached { get; } = [];
}

/// <summary>A join way (加入群聊) with its code (WeCom doc 92229).</summary>
internal sealed record JoinWay(string ConfigId, int Scene, string Remark, int AutoCreateRoom, string RoomBaseName, int RoomBaseId, IReadOnlyList<string> ChatIds, string State, bool MarkSource);
