using System.Globalization;
using WeComOps.Directory;
using WeComOps.Healing;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Customers;

/// <summary>Why a group was read: an event that tells who left and when, or a look that tells neither.</summary>
/// <param name="At">The event's time, or the look's.</param>
/// <param name="Baseline">What happened before is state and makes no facts.</param>
/// <param name="Leavers">Tells whether the event says that this customer left; null: no event, who is missing left at an unknown time.</param>
/// <param name="Settled">Joins after this time are left to the event that is still on its way.</param>
internal sealed record GroupLook(DateTimeOffset At, string Source, DateTimeOffset Baseline, Func<string, bool>? Leavers, DateTimeOffset Settled)
{
    public static GroupLook OfEvent(DateTimeOffset at, string source, Func<string, bool> leavers) =>
        new(at, source, DateTimeOffset.MinValue, leavers, DateTimeOffset.MaxValue);
}

/// <summary>What was known of a group before WeCom was asked: newer than WeCom's answer it would make those who left join again.</summary>
internal sealed record KnownGroup(CustomerGroup? Group, IReadOnlyList<GroupMembership> Members);

/// <summary>
/// Compares a group as WeCom shows it with what was known: who is new joined, who is missing left. An event and a nightly look
/// lead through here alike. Whatever is recorded is written with the group, and so only if nobody has written it since it was read.
/// </summary>
internal sealed class GroupComparison(
    IDirectoryStore directory, ICustomerStore customers, IGroupStore groups, IInstructionStore instructions, IHealingStore healing, IEntropy entropy, TimeProvider clock)
{
    private const int ScannedJoinCode = 3;

    /// <summary>To be read before WeCom is asked.</summary>
    public async Task<KnownGroup> KnownAsync(string chatId, CancellationToken cancellationToken)
    {
        // The group first: who is in it may be newer than its revision, never older.
        var group = await groups.FindAsync(chatId, cancellationToken);
        return new KnownGroup(group, group is null ? [] : await groups.MembersAsync(chatId, cancellationToken));
    }

    public async Task<Changes> CompareAsync(WeComGroup group, KnownGroup before, GroupLook look, CancellationToken cancellationToken)
    {
        var changes = new Changes();
        var now = clock.GetNow();
        var owner = await directory.FindMemberAsync(group.Owner, cancellationToken);
        var known = before.Group;
        var isHistory = known is null && group.CreatedAt < look.Baseline;
        var assignment = known?.Instruction is null && !isHistory ? await MatchAsync(group, cancellationToken) : null;
        var current = new CustomerGroup(
            group.ChatId, group.Name, group.Owner, group.CreatedAt, group.MemberVersion, Dismissed: false, assignment?.Instruction ?? known?.Instruction)
        {
            Revision = known?.Revision ?? 0,
        };

        if ((assignment is not null || known is null) && !isHistory)
        {
            await RecordCreationAsync(changes, group, assignment, owner, look.Source, now, cancellationToken);
        }

        await RecordJoinsAsync(changes, group, before.Members, look, owner, now, cancellationToken);
        await RecordLeavesAsync(changes, group, before.Members, look, owner, now, cancellationToken);
        if (current != known || changes.GroupMembers.Count > 0)
        {
            changes.Groups.Add(current);
        }

        return changes;
    }

    private async Task RecordCreationAsync(
        Changes changes, WeComGroup group, Assignment? assignment, Member? owner, string source, DateTimeOffset now, CancellationToken cancellationToken)
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

    private async Task RecordJoinsAsync(
        Changes changes, WeComGroup group, IReadOnlyList<GroupMembership> known, GroupLook look, Member? owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var present = known.Where(member => member.LeftAt is null).Select(member => (member.Customer, member.JoinedAt)).ToHashSet();
        foreach (var member in group.Members.Where(member => member.External && !present.Contains((member.Id, member.JoinedAt)) && member.JoinedAt <= look.Settled))
        {
            changes.GroupMembers.Add(new GroupMembership(group.ChatId, member.Id, member.JoinedAt, LeftAt: null, member.State));
            if (member.JoinedAt < look.Baseline)
            {
                continue;
            }

            var code = member is { JoinScene: ScannedJoinCode, State: { Length: > 0 } state } ? await groups.FindJoinCodeAsync(state, cancellationToken) : null;
            var instruction = code is null ? null : await instructions.FindAsync(code.Instruction, cancellationToken);
            changes.Record(Membership(FactKind.GroupJoined, "group_joined", group, member.Id, member.JoinedAt, owner, look.Source, now) with
            {
                Tier = await customers.TierAsync(member.Id, cancellationToken),
                Class = code is null ? FactClass.Invited : FactClass.ByJoinCode,
                Content = instruction?.Content,
            });
        }
    }

    private async Task RecordLeavesAsync(
        Changes changes, WeComGroup group, IReadOnlyList<GroupMembership> known, GroupLook look, Member? owner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var present = group.Members.Where(member => member.External).Select(member => (member.Id, member.JoinedAt)).ToHashSet();
        foreach (var gone in known.Where(old => !present.Contains((old.Customer, old.JoinedAt))))
        {
            if (gone.LeftAt is null && look.Leavers is null)
            {
                // By the membership that it ends: the look knows no other time.
                changes.GroupMembers.Add(gone with { LeftAt = look.At });
                changes.Record(Left(group, gone.Customer, look, owner, now) with
                {
                    Id = string.Create(CultureInfo.InvariantCulture, $"group_left:{group.ChatId}:{gone.Customer}:after:{gone.JoinedAt.ToUnixTimeSeconds()}"),
                    Class = FactClass.TimeUnknown,
                });
            }
            else if (look.Leavers?.Invoke(gone.Customer) == true && gone.LeftAt is null)
            {
                changes.GroupMembers.Add(gone with { LeftAt = look.At });
                changes.Record(Left(group, gone.Customer, look, owner, now));
            }
            else if (look.Leavers?.Invoke(gone.Customer) == true && gone.JoinedAt <= look.At && gone.LeftAt >= look.At
                && await UndatedAsync(group.ChatId, gone, cancellationToken) is { } undated)
            {
                // A look had found this before the event came; the event knows the time.
                changes.GroupMembers.Add(gone with { LeftAt = look.At });
                changes.Record(Left(group, gone.Customer, look, owner, now));
                changes.Record(FriendFacts.TakenBack(undated, look.Source, now));
            }
        }
    }

    private async Task<Fact?> UndatedAsync(string chatId, GroupMembership gone, CancellationToken cancellationToken) =>
        (await healing.TimeUnknownAsync(gone.Customer, cancellationToken))
            .FirstOrDefault(fact => fact.Kind == FactKind.GroupLeft && fact.Group == chatId && fact.OccurredAt == gone.LeftAt);

    private static Fact Left(WeComGroup group, string customer, GroupLook look, Member? owner, DateTimeOffset now) =>
        Membership(FactKind.GroupLeft, "group_left", group, customer, look.At, owner, look.Source, now);

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
        if (!open.Any(assignment => string.Equals(assignment.Text, group.Name, StringComparison.Ordinal)))
        {
            return null;
        }

        var fulfilled = (await groups.OfOwnersAsync([group.Owner], cancellationToken)).Select(other => other.Instruction).ToHashSet(StringComparer.Ordinal);
        return open.Where(assignment => !fulfilled.Contains(assignment.Instruction)).FirstOrDefault(assignment => string.Equals(assignment.Text, group.Name, StringComparison.Ordinal));
    }
}
