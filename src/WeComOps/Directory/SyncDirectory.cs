using System.Globalization;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Directory;

/// <summary>Reads branches and members from WeCom; a member who is new or moved gets a <c>member_placed</c> fact.</summary>
public sealed class SyncDirectory(IWeComApi wecom, IDirectoryStore directory, IChangeStore changes, TimeProvider clock)
{
    private const int Activated = 1;

    /// <summary>Null when done; else why not.</summary>
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        if (await wecom.GetDepartmentsAsync(cancellationToken) is not ApiResult<IReadOnlyList<WeComDepartment>>.Done departments)
        {
            return "The departments could not be read.";
        }

        if (await wecom.GetFollowUsersAsync(cancellationToken) is not ApiResult<IReadOnlyList<string>>.Done followers)
        {
            return "The members with customers could not be read.";
        }

        var now = clock.GetNow();
        var found = new Changes();
        found.Branches.AddRange(departments.Value.Select(department => new Branch(
            department.Id.ToString(CultureInfo.InvariantCulture), department.Name,
            department.ParentId == 0 ? null : department.ParentId.ToString(CultureInfo.InvariantCulture))));
        var withCustomers = followers.Value.ToHashSet(StringComparer.Ordinal);
        var known = (await directory.MembersAsync(cancellationToken)).ToDictionary(member => member.UserId, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var department in departments.Value)
        {
            if (await wecom.GetMembersAsync(department.Id, cancellationToken) is not ApiResult<IReadOnlyList<WeComMember>>.Done members)
            {
                return $"The members of department {department.Id} could not be read.";
            }

            var source = string.Create(CultureInfo.InvariantCulture, $"pull:members:{department.Id}:{now.ToUnixTimeSeconds()}");
            var placed = 0;
            foreach (var member in members.Value.Where(member => seen.Add(member.UserId)))
            {
                var branch = (member.MainDepartment != 0 ? member.MainDepartment : department.Id).ToString(CultureInfo.InvariantCulture);
                var current = new Member(
                    member.UserId, member.Name, member.Position, branch, withCustomers.Contains(member.UserId), member.Status is 0 or Activated);
                found.Members.Add(current);
                if (!known.TryGetValue(member.UserId, out var before) || before.BranchId != branch)
                {
                    found.Record(Placed(current, source, now));
                    placed++;
                }
            }

            if (placed > 0)
            {
                found.Sources.Add(new RawSource(source, "pull", now, members.Raw));
            }
        }

        found.Members.AddRange(known.Values.Where(member => !seen.Contains(member.UserId)).Select(member => member with { Active = false }));
        await changes.CommitAsync(found, cancellationToken);
        return null;
    }

    private static Fact Placed(Member member, string source, DateTimeOffset now) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"member_placed:{member.UserId}:{ShanghaiTime.DayOf(now):yyyy-MM-dd}:{member.BranchId}"),
        Day = ShanghaiTime.DayOf(now),
        Kind = FactKind.MemberPlaced,
        OccurredAt = now,
        Advisor = member.UserId,
        Branch = member.BranchId,
        Source = source,
        RecordedAt = now,
    };
}
