using System.Text.Json;
using static WeComOps.Host.Tests.Oracle.SandboxBooks;

namespace WeComOps.Host.Tests.Oracle;

/// <summary>What the front line was asked in a week, and what of it the books show as done in time.</summary>
internal sealed class ActionOracle(SandboxBooks books, DateOnly monday, int number)
{
    private const decimal DailyTarget = 20;
    private const int ReplyMinutes = 240;

    private readonly Sums _sums = new();
    private readonly Dictionary<string, string> _branchOf = books.Of("advisors").DistinctBy(advisor => Text(advisor, "userid"))
        .ToDictionary(advisor => Text(advisor, "userid"), advisor => Text(advisor, "branch"), StringComparer.Ordinal);

    private readonly HashSet<(string Advisor, string Day)> _leave =
        [.. books.Of("advisors").SelectMany(advisor => advisor.GetProperty("leave").EnumerateArray().Select(day => (Text(advisor, "userid"), day.GetString()!)))];

    public Sums Count()
    {
        FriendRequests();
        foreach (var ask in DemoPlan.Week(monday, number))
        {
            foreach (var advisor in _branchOf.Keys.Where(advisor => ask.Branches.Contains(_branchOf[advisor]) && !OnLeave(advisor, Days.Of(ask.Deadline))))
            {
                Add(ask.Action, advisor, ask.Content.Line, IsDone(ask, advisor) ? 1 : 0);
            }
        }

        Invitations();
        Replies();
        return _sums;
    }

    private bool OnLeave(string advisor, DateOnly day) => _leave.Contains((advisor, Iso(day)));

    private void Add(string action, string advisor, string? line, decimal done) =>
        _sums.Add(action, Sums.Front(advisor, DemoPlan.BranchIds[_branchOf[advisor]], line), done, 1);

    private void FriendRequests()
    {
        var sent = books.Of("advisors").SelectMany(advisor => advisor.GetProperty("requestsSent").EnumerateObject()
            .Select(day => (Advisor: Text(advisor, "userid"), Day: day.Name, Sent: day.Value.GetDecimal())))
            .ToDictionary(one => (one.Advisor, one.Day), one => one.Sent);
        for (var day = monday; day < monday.AddDays(7); day = day.AddDays(1))
        {
            foreach (var advisor in _branchOf.Keys.Where(advisor => Days.IsWorkday(day) && !OnLeave(advisor, day)))
            {
                Add("friend_requests", advisor, line: null, Math.Min(1, sent.GetValueOrDefault((advisor, Iso(day))) / DailyTarget));
            }
        }
    }

    private bool IsDone(PlannedAsk ask, string advisor) => ask.Action switch
    {
        "moments" => MomentsOf(ask.Content, ask.Day).Any(moment => WasPublished(moment, advisor, ask.Deadline)),
        "group_posts" => books.Of("posts").Any(post => Text(post, "sender") == advisor && DemoPlan.Pushed(Text(post, "text")) == ask.Content
            && Days.Of(Time(post, "createdAt")) == ask.Day && MaybeTime(post, "sentAt") <= ask.Deadline && MaybeTime(post, "servedAt") is not null
            && post.GetProperty("groups").GetArrayLength() > 0),
        _ => Built(ask, advisor).Any(),
    };

    private IEnumerable<JsonElement> Built(PlannedAsk ask, string advisor) => books.Of("groupsBuilt").Where(group =>
        Text(group, "userid") == advisor && Text(group, "name") == DemoPlan.GroupName(ask.Content, number, _branchOf[advisor], books.NameOf(advisor)) && Time(group, "at") >= Days.At(ask.Day, 9) && Time(group, "at") <= ask.Deadline);

    private IEnumerable<JsonElement> MomentsOf(PlannedContent content, DateOnly day) =>
        books.Of("moments").Where(moment => DemoPlan.Pushed(Text(moment, "text")) == content && Days.Of(Time(moment, "createdAt")) == day);

    private static bool WasPublished(JsonElement moment, string advisor, DateTimeOffset deadline) =>
        moment.GetProperty("published").EnumerateArray().Any(one => Text(one, "userid") == advisor && MaybeTime(one, "servedAt") <= deadline);

    /// <summary>Who built the group is asked to publish its invitation, within two days after the group's deadline.</summary>
    private void Invitations()
    {
        foreach (var ask in DemoPlan.Week(monday, number).Where(ask => ask.Action == "group_building"))
        {
            var deadline = ask.Deadline.AddHours(48);
            foreach (var advisor in _branchOf.Keys.Where(advisor => Built(ask, advisor).Any()))
            {
                var done = books.Of("moments").Any(moment => DemoPlan.Pushed(Text(moment, "text")) == ask.Content && Days.Monday(Time(moment, "createdAt")) == monday
                    && WasPublished(moment, advisor, deadline));
                Add("moments", advisor, ask.Content.Line, done ? 1 : 0);
            }
        }
    }

    private void Replies()
    {
        foreach (var question in books.Of("questions"))
        {
            if (MaybeTime(question, "answeredAt") is { } answered && Days.After(answered, ReplyMinutes) is var due && Days.Monday(due) == monday)
            {
                Add("replies", Text(question, "advisor"), DemoPlan.AnswerLine(Text(question, "topic")), MaybeTime(question, "usedAt") <= due ? 1 : 0);
            }
        }
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
