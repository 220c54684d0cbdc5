using System.Globalization;
using System.Text;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Instructions;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Actions;

/// <summary>What is asked of each advisor today, before the first customer, with the words ready to copy.</summary>
public sealed class SendDailyTasks(
    IInstructionStore instructions, IGroupStore customerGroups, IDirectoryStore directory, IChangeStore changes, BusinessCalendar calendar, TimeProvider clock)
{
    /// <summary>When the tasks of the day go out, Shanghai time; the job table says the same.</summary>
    public static readonly TimeOnly Time = new(8, 45);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var today = ShanghaiTime.DayOf(now);
        if (!calendar.IsWorkday(today))
        {
            return 0;
        }

        var due = await instructions.DueOnAsync(today, ActionKind.FriendRequests, advisor: null, cancellationToken);
        var stopped = await StoppedAsync(due, cancellationToken);
        var requests = due.Where(assignment => !stopped.Contains(assignment.Instruction)).ToLookup(assignment => assignment.Advisor, StringComparer.Ordinal);
        var built = (await customerGroups.ListAsync(cancellationToken)).Where(group => group.Instruction is not null)
            .Select(group => (group.Owner, group.Instruction!)).ToHashSet();
        var planned = new Changes();
        foreach (var member in (await directory.MembersAsync(cancellationToken)).Where(member => member is { Active: true, HasCustomers: true }))
        {
            var groups = (await instructions.OpenAsync(member.UserId, ActionKind.GroupBuilding, now, cancellationToken))
                .Where(assignment => !built.Contains((member.UserId, assignment.Instruction))).ToArray();
            var confirmations = (await instructions.OpenAsync(member.UserId, ActionKind.Moments, now, cancellationToken)).Count
                + (await instructions.OpenAsync(member.UserId, ActionKind.GroupPosts, now, cancellationToken)).Count;
            if (Write(today, [.. requests[member.UserId]], groups, confirmations) is { } text)
            {
                planned.Outgoing.Add(OutgoingMessages.Plan(
                    string.Create(CultureInfo.InvariantCulture, $"daily:{today:yyyy-MM-dd}:{member.UserId}"),
                    new AppMessage.Text(member.UserId, text), now, ShanghaiTime.At(today, new TimeOnly(18, 0))));
            }
        }

        if (planned.Outgoing.Count > 0)
        {
            await changes.CommitAsync(planned, cancellationToken);
        }

        return planned.Outgoing.Count;
    }

    private async Task<HashSet<string>> StoppedAsync(IReadOnlyList<Assignment> due, CancellationToken cancellationToken)
    {
        var stopped = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in due.Select(assignment => assignment.Instruction).Distinct(StringComparer.Ordinal))
        {
            if (await instructions.FindAsync(id, cancellationToken) is { StoppedAt: not null })
            {
                stopped.Add(id);
            }
        }

        return stopped;
    }

    /// <summary>Null when nothing is asked.</summary>
    internal static string? Write(DateOnly today, IReadOnlyList<Assignment> requests, IReadOnlyList<Assignment> groups, int confirmations)
    {
        if (requests.Count + groups.Count + confirmations == 0)
        {
            return null;
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"【今日任务】{today.Month}月{today.Day}日\n");
        foreach (var request in requests)
        {
            text.Append(CultureInfo.InvariantCulture, $"加好友：目标 {request.Target} 人\n申请文案：{request.Text}\n");
        }

        foreach (var group in groups)
        {
            var due = ShanghaiTime.ToLocal(group.DueAt);
            text.Append(CultureInfo.InvariantCulture, $"建群：群名「{group.Text}」，截止 {due.Month:00}月{due.Day:00}日 {due:HH:mm}\n");
        }

        if (confirmations > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"待确认：朋友圈和群发共 {confirmations} 条，请在企业微信里确认\n");
        }

        return text.Append("做到就是满分。").ToString();
    }
}
