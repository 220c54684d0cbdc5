using System.Globalization;
using WeComOps.Directory;
using WeComOps.Inbox;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Customers;

/// <summary>
/// Something happened in a group. Events may omit the members, so the group is read and compared with what was known:
/// who is new joined, who is missing left.
/// </summary>
internal sealed class RecordGroup(
    IWeComApi wecom, IDirectoryStore directory, ICustomerStore customers, IGroupStore groups, IInstructionStore instructions, IEntropy entropy, TimeProvider clock)
    : IMessageHandler
{
    private const int ScannedJoinCode = 3;

    public string Name => HandlerName.RecordGroup;

    public async Task<Handled> HandleAsync(WeComEvent message, InboxItem item, CancellationToken cancellationToken)
    {
        if (message is WeComEvent.GroupDismissed dismissed)
        {
            var changes = new Changes();
            if (await groups.FindAsync(dismissed.ChatId, cancellationToken) is { } known)
            {
                changes.Groups.Add(known with { Dismissed = true });
            }

            return new Handled.Done(changes);
        }

        var chatId = message switch
        {
            WeComEvent.GroupCreated created => created.ChatId,
            WeComEvent.GroupUpdated updated => updated.ChatId,
            _ => throw new InvalidOperationException($"{message.GetType().Name} is not about a group."),
        };
        return await wecom.GetGroupAsync(chatId, cancellationToken) switch
        {
            ApiResult<WeComGroup>.Done done => new Handled.Done(await CompareAsync(done.Value, message.At, "inbox:" + item.MessageId, cancellationToken)),
            var other => new Handled.Later(other.Describe()),
        };
    }

    private async Task<Changes> CompareAsync(WeComGroup group, DateTimeOffset at, string source, CancellationToken cancellationToken)
    {
        var changes = new Changes();
        var now = clock.GetNow();
        var owner = await directory.FindMemberAsync(group.Owner, cancellationToken);
        var known = await groups.FindAsync(group.ChatId, cancellationToken);
        var assignment = known?.Instruction is null ? await MatchAsync(group, cancellationToken) : null;
        changes.Groups.Add(new CustomerGroup(
            group.ChatId, group.Name, group.Owner, group.CreatedAt, group.MemberVersion, Dismissed: false, assignment?.Instruction ?? known?.Instruction));

        if (assignment is not null || known is null)
        {
            var instruction = assignment is null ? null : await instructions.FindAsync(assignment.Instruction, cancellationToken);
            changes.Record(new Fact
            {
                Id = instruction is null ? $"group_created:{group.ChatId}" : $"group_created:{group.ChatId}:{instruction.Id}",
                Day = ShanghaiTime.DayOf(group.CreatedAt),
                Kind = FactKind.GroupCreated,
                OccurredAt = group.CreatedAt,
                Advisor = group.Owner,
                Branch = owner?.BranchId,
                Group = group.ChatId,
                Content = instruction?.Content,
                Source = source,
                RecordedAt = now,
            });
            if (assignment is not null && await groups.FindJoinCodeOfAsync(group.ChatId, cancellationToken) is null)
            {
                changes.JoinCodes.Add(new JoinCode("jc_" + entropy.NewToken(), group.ChatId, group.Owner, assignment.Instruction, ConfigId: null, QrCode: null));
            }
        }

        await CompareMembersAsync(changes, group, at, source, owner, now, cancellationToken);
        return changes;
    }

    private async Task CompareMembersAsync(
        Changes changes, WeComGroup group, DateTimeOffset at, string source, Member? owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = (await groups.MembersAsync(group.ChatId, cancellationToken)).Where(member => member.LeftAt is null).ToArray();
        var present = group.Members.Where(member => member.External).ToArray();
        foreach (var member in present.Where(member => !known.Any(old => old.Customer == member.Id && old.JoinedAt == member.JoinedAt)))
        {
            changes.GroupMembers.Add(new GroupMembership(group.ChatId, member.Id, member.JoinedAt, LeftAt: null, member.State));
            var code = member is { JoinScene: ScannedJoinCode, State: { Length: > 0 } state } ? await groups.FindJoinCodeAsync(state, cancellationToken) : null;
            var instruction = code is null ? null : await instructions.FindAsync(code.Instruction, cancellationToken);
            changes.Record(Membership(FactKind.GroupJoined, "group_joined", group, member.Id, member.JoinedAt, owner, source, now) with
            {
                Tier = await customers.TierAsync(member.Id, cancellationToken),
                Class = code is null ? FactClass.Invited : FactClass.ByJoinCode,
                Content = instruction?.Content,
            });
        }

        foreach (var gone in known.Where(old => !present.Any(member => member.Id == old.Customer && member.JoinedAt == old.JoinedAt)))
        {
            changes.GroupMembers.Add(gone with { LeftAt = at });
            changes.Record(Membership(FactKind.GroupLeft, "group_left", group, gone.Customer, at, owner, source, now));
        }
    }

    private static Fact Membership(
        FactKind kind, string prefix, WeComGroup group, string customer, DateTimeOffset at, Member? owner, string source, DateTimeOffset now) => new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{prefix}:{group.ChatId}:{customer}:{at.ToUnixTimeSeconds()}"),
            Day = ShanghaiTime.DayOf(at),
            Kind = kind,
            OccurredAt = at,
            Advisor = group.Owner,
            Branch = owner?.BranchId,
            Customer = customer,
            Group = group.ChatId,
            Source = source,
            RecordedAt = now,
        };

    /// <summary>The group-building assignment that this group fulfils: same owner, created in the window, exactly the required name.</summary>
    private async Task<Assignment?> MatchAsync(WeComGroup group, CancellationToken cancellationToken)
    {
        var open = await instructions.OpenAsync(group.Owner, ActionKind.GroupBuilding, group.CreatedAt, cancellationToken);
        var fulfilled = (await groups.ListAsync(cancellationToken)).Where(other => other.Owner == group.Owner).Select(other => other.Instruction).ToHashSet(StringComparer.Ordinal);
        return open.Where(assignment => !fulfilled.Contains(assignment.Instruction)).FirstOrDefault(assignment => string.Equals(assignment.Text, group.Name, StringComparison.Ordinal));
    }
}
