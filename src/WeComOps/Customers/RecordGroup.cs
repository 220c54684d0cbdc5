using WeComOps.Inbox;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Customers;

/// <summary>
/// Something happened in a group. Events may omit the members, so the group is read and compared with what was known: who is
/// new joined; who is missing and named by the event left at its time. Who is missing and not named is left to the event that
/// names them, or to the nightly look: this event's time is not theirs.
/// </summary>
internal sealed class RecordGroup(IWeComApi wecom, IGroupStore groups, GroupComparison comparison) : IMessageHandler
{
    private const string MembersLeft = "del_member";

    public string Name => HandlerName.RecordGroup;

    public async Task<Handled> HandleAsync(WeComEvent message, InboxItem item, CancellationToken cancellationToken)
    {
        if (message is WeComEvent.GroupDismissed dismissed)
        {
            return End(await groups.FindAsync(dismissed.ChatId, cancellationToken));
        }

        var chatId = message switch
        {
            WeComEvent.GroupCreated created => created.ChatId,
            WeComEvent.GroupUpdated updated => updated.ChatId,
            _ => throw new InvalidOperationException($"{message.GetType().Name} is not about a group."),
        };
        var before = await comparison.KnownAsync(chatId, cancellationToken);
        return await wecom.GetGroupAsync(chatId, cancellationToken) switch
        {
            ApiResult<WeComGroup>.Done done => new Handled.Done(await comparison.CompareAsync(
                done.Value, before, GroupLook.OfEvent(message.At, "inbox:" + item.MessageId, customer => IsLeaver(message, customer)), cancellationToken)),
            // Dismissed before it was asked for; who was in it is told by no list any more.
            ApiResult<WeComGroup>.Rejected gone when ApiCodes.IsGroupGone(gone.Code) => End(before.Group),
            var other => new Handled.Later(other.Describe()),
        };
    }

    private static Handled.Done End(CustomerGroup? known)
    {
        var changes = new Changes();
        if (known is { Dismissed: false })
        {
            changes.Groups.Add(known with { Dismissed = true });
        }

        return new Handled.Done(changes);
    }

    /// <summary>An event without names can only mean those who are missing.</summary>
    private static bool IsLeaver(WeComEvent message, string customer) =>
        message is WeComEvent.GroupUpdated { Detail: MembersLeft } left && (left.Members.Count == 0 || left.Members.Contains(customer, StringComparer.Ordinal));
}
