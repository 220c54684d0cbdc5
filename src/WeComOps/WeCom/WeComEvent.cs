namespace WeComOps.WeCom;

/// <summary>A decrypted callback in the product's words. <see cref="At"/> is WeCom's CreateTime (UTC, whole seconds).</summary>
public abstract record WeComEvent(DateTimeOffset At)
{
    /// <summary>add_external_contact (doc 92130). Who started it is not in the event: read the customer.</summary>
    public sealed record CustomerAdded(DateTimeOffset At, string UserId, string ExternalUserId, string? State, string? WelcomeCode) : WeComEvent(At);

    /// <summary>del_follow_user: the customer deleted the advisor.</summary>
    public sealed record CustomerLeft(DateTimeOffset At, string UserId, string ExternalUserId) : WeComEvent(At);

    /// <summary>del_external_contact: the advisor deleted the customer. <paramref name="Source"/> is DELETE_BY_TRANSFER or null.</summary>
    public sealed record CustomerRemoved(DateTimeOffset At, string UserId, string ExternalUserId, string? Source) : WeComEvent(At);

    /// <summary>change_external_chat create.</summary>
    public sealed record GroupCreated(DateTimeOffset At, string ChatId) : WeComEvent(At);

    /// <summary>change_external_chat update. <paramref name="Detail"/>: add_member, del_member, change_owner, change_name, change_notice.</summary>
    /// <param name="Scene">JoinScene of add_member (0 invited, 3 scanned), QuitScene of del_member (0 by themselves, 1 removed).</param>
    /// <param name="Members">May be empty: then re-read the group.</param>
    public sealed record GroupUpdated(
        DateTimeOffset At, string ChatId, string Detail, int? Scene, IReadOnlyList<string> Members, string? MemberVersion) : WeComEvent(At);

    public sealed record GroupDismissed(DateTimeOffset At, string ChatId) : WeComEvent(At);

    /// <summary>A text that a member wrote to the app (doc 90239).</summary>
    public sealed record TextReceived(DateTimeOffset At, string UserId, string Content, string MsgId) : WeComEvent(At);

    /// <summary>template_card_event (doc 90240). <paramref name="Selected"/>: question key → option ids.</summary>
    public sealed record CardClicked(
        DateTimeOffset At, string UserId, string EventKey, string TaskId, string? ResponseCode,
        IReadOnlyDictionary<string, IReadOnlyList<string>> Selected) : WeComEvent(At);

    /// <summary>Anything else: kept and counted, never failed.</summary>
    public sealed record Other(DateTimeOffset At, string Name) : WeComEvent(At);
}

/// <summary>Reads the decrypted inner XML of a callback. Total: what it does not know is <see cref="WeComEvent.Other"/>.</summary>
public interface IWeComEventReader
{
    /// <exception cref="FormatException">The text is not XML, carries a DTD or is above the size cap.</exception>
    WeComEvent Read(string body);
}
