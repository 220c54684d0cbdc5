using System.Text.Json;
using static WeComOps.Host.Tests.Oracle.SandboxBooks;

namespace WeComOps.Host.Tests.Oracle;

/// <summary>What the content of a week brought, by the books.</summary>
/// <param name="lastLook">When the cards were last looked at for restatements: what was cancelled later is not in them.</param>
internal sealed class OutcomeOracle(SandboxBooks books, DateOnly monday, int number, DateTimeOffset lastLook)
{
    private const int ServiceMinutes = 60;
    private static readonly TimeSpan Reach = TimeSpan.FromHours(48);

    private readonly Sums _sums = new();
    private readonly Dictionary<string, string> _branchOf = books.Of("advisors").DistinctBy(advisor => Text(advisor, "userid"))
        .ToDictionary(advisor => Text(advisor, "userid"), advisor => DemoPlan.BranchIds[Text(advisor, "branch")], StringComparer.Ordinal);

    private readonly Dictionary<string, JsonElement> _moments = books.Of("moments").ToDictionary(moment => Text(moment, "momentId"), StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _posts = books.Of("posts").ToDictionary(post => Text(post, "msgid"), StringComparer.Ordinal);

    public Sums Count()
    {
        Acceptance();
        Publications();
        Comments();
        Posts();
        Credits();
        Joins();
        Questions();
        Instructed();
        foreach (var sale in books.Of("sales"))
        {
            Sale(sale);
        }

        return _sums;
    }

    private bool InWeek(DateTimeOffset? at) => at is { } time && Days.Monday(time) == monday;

    private void Add(string metric, PlannedContent content, string? advisor, decimal numerator, decimal denominator, string? once = null) =>
        _sums.Add(metric, Sums.Mid(content, advisor is null ? null : _branchOf[advisor]), numerator, denominator, once);

    private void Acceptance()
    {
        var sent = new Dictionary<(string Advisor, DateOnly Day), (decimal Sent, string Copy)>();
        foreach (var advisor in books.Of("advisors"))
        {
            foreach (var day in advisor.GetProperty("requestsSent").EnumerateObject().Where(day => day.Value.GetInt32() > 0))
            {
                sent.Add(
                    (Text(advisor, "userid"), DateOnly.ParseExact(day.Name, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
                    (day.Value.GetDecimal(), Text(advisor.GetProperty("copies"), day.Name)));
            }
        }

        foreach (var ((advisor, day), (requests, copy)) in sent.Where(pair => Days.Monday(pair.Key.Day) == monday))
        {
            Add("acceptance_rate", DemoPlan.Copy(copy), advisor, 0, requests);
        }

        foreach (var friend in books.Of("accepted").Where(friend => InWeek(Time(friend, "at")) && friend.GetProperty("initiatedByAdvisor").GetBoolean()))
        {
            var (advisor, day) = (Text(friend, "userid"), Days.Of(Time(friend, "at")));
            var last = Enumerable.Range(0, 8).Select(back => (advisor, day.AddDays(-back))).FirstOrDefault(sent.ContainsKey);
            if (last != default)
            {
                Add("acceptance_rate", DemoPlan.Copy(sent[last].Copy), advisor, 1, 0);
            }
        }
    }

    private void Publications()
    {
        foreach (var moment in _moments.Values)
        {
            var content = DemoPlan.Pushed(Text(moment, "text"));
            foreach (var one in moment.GetProperty("published").EnumerateArray().Where(one => InWeek(MaybeTime(one, "servedAt"))))
            {
                var advisor = Text(one, "userid");
                Add("harm", content, advisor, 0, one.GetProperty("reached").GetDecimal());
                if (DemoPlan.IsInvitation(content))
                {
                    Add("joins_by_choice", content, advisor, 0, 1);
                    continue;
                }

                Add("valuable_engagement", content, advisor, 0, 1);
                Add("likes", content, advisor, one.GetProperty("likes").GetDecimal(), 1);
                Add("benefit_questions", content, advisor, 0, 1);
            }
        }
    }

    /// <summary>A customer of two advisors who comments the same moment twice is one customer of one moment.</summary>
    private void Comments()
    {
        foreach (var comment in books.Events("moment_commented"))
        {
            var moment = _moments[Text(comment, "reference")];
            var content = DemoPlan.Pushed(Text(moment, "text"));
            var served = ServedAt(moment, Text(comment, "advisor"));
            if (InWeek(served) && Time(comment, "at") <= served + Reach && !DemoPlan.IsInvitation(content) && books.Customer(Text(comment, "customer")).Valuable)
            {
                Add("valuable_engagement", content, Text(comment, "advisor"), 1, 0, Text(comment, "customer") + Text(moment, "momentId"));
            }
        }
    }

    private static DateTimeOffset? ServedAt(JsonElement moment, string advisor) => moment.GetProperty("published").EnumerateArray()
        .Where(one => Text(one, "userid") == advisor).Select(one => MaybeTime(one, "servedAt")).SingleOrDefault();

    private void Posts()
    {
        foreach (var post in _posts.Values.Where(post => MaybeTime(post, "servedAt") is not null && InWeek(MaybeTime(post, "sentAt"))))
        {
            var (content, advisor) = (DemoPlan.Pushed(Text(post, "text")), Text(post, "sender"));
            foreach (var group in post.GetProperty("groups").EnumerateArray())
            {
                Add("useful_interaction", content, advisor, 0, 1);
                Add("harm", content, advisor, 0, group.GetProperty("reached").GetDecimal());
            }

            Add("useful_interaction", content, advisor, post.GetProperty("clicks").GetDecimal() + post.GetProperty("sales48h").GetDecimal(), 0);
        }
    }

    /// <summary>Questions and losses, to the exposure that the books charge.</summary>
    private void Credits()
    {
        foreach (var credit in books.Of("credits"))
        {
            var (to, advisor, kind) = (Text(credit, "to"), Text(credit, "userid"), Text(credit, "kind"));
            var isPost = _posts.TryGetValue(to, out var push);
            push = isPost ? push : _moments[to];
            if (!InWeek(isPost ? MaybeTime(push, "sentAt") : ServedAt(push, advisor)))
            {
                continue;
            }

            var content = DemoPlan.Pushed(Text(push, "text"));
            var metric = (kind, isPost) switch
            {
                ("loss", _) => "harm",
                ("investment", true) => "useful_interaction",
                ("investment", false) when !DemoPlan.IsInvitation(content) && books.Customer(Text(credit, "externalUserId")).Valuable => "valuable_engagement",
                ("benefits", false) when !DemoPlan.IsInvitation(content) => "benefit_questions",
                _ => null,
            };
            if (metric is not null)
            {
                Add(metric, content, advisor, 1, 0);
            }
        }
    }

    private void Joins()
    {
        var groups = books.Of("groupsBuilt").ToDictionary(group => Text(group, "chatId"), StringComparer.Ordinal);
        foreach (var join in books.Of("joins").Where(join => join.GetProperty("byCode").GetBoolean() && InWeek(Time(join, "at"))))
        {
            var group = groups[Text(join, "chatId")];
            var content = DemoPlan.HasGroup(DemoPlan.GoldGroup, Text(group, "name")) ? DemoPlan.GoldGroup : DemoPlan.CouponGroup;
            Add("joins_by_choice", content, Text(group, "userid"), 1, 0);
        }
    }

    private void Questions()
    {
        foreach (var question in books.Of("questions"))
        {
            var due = Days.After(Time(question, "askedAt"), ServiceMinutes);
            if (InWeek(due))
            {
                _sums.Add("questions_helped", ["desk:all", "topic:" + Text(question, "topic")], MaybeTime(question, "answeredAt") <= due ? 1 : 0, 1);
            }
        }
    }

    /// <summary>Advisors who were told to push something with a link.</summary>
    private void Instructed()
    {
        var leave = books.Of("advisors").SelectMany(advisor => advisor.GetProperty("leave").EnumerateArray().Select(day => (Text(advisor, "userid"), day.GetString()!))).ToHashSet();
        foreach (var ask in DemoPlan.Week(monday, number).Where(ask => ask.Action is "moments" or "group_posts"))
        {
            var day = ask.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            foreach (var advisor in _branchOf.Keys.Where(advisor => !leave.Contains((advisor, day)) && ask.Branches.Any(branch => DemoPlan.BranchIds[branch] == _branchOf[advisor])))
            {
                Add("online_sales", ask.Content, advisor, 0, 1, advisor);
            }
        }
    }

    /// <summary>A sale after a click, in the week of its day; a cancellation takes it back there.</summary>
    private void Sale(JsonElement sale)
    {
        if (!InWeek(Time(sale, "at")) || sale.GetProperty("faceToFace").GetBoolean() || sale.GetProperty("click").ValueKind == JsonValueKind.Null)
        {
            return;
        }

        var url = Text(sale, "url");
        var post = _posts.Values.FirstOrDefault(post => Text(post, "text").Contains(url, StringComparison.Ordinal));
        var moment = _moments.Values.FirstOrDefault(moment => Text(moment, "text").Contains(url, StringComparison.Ordinal));
        var isPost = post.ValueKind == JsonValueKind.Object;
        var content = DemoPlan.Pushed(Text(isPost ? post : moment, "text"));
        var advisor = isPost ? Text(post, "sender") : Publisher(moment, Text(sale, "externalUserId"), Time(sale, "at"));
        Add("online_sales", content, advisor, MaybeTime(sale, "cancelledAt") <= lastLook ? 0 : 1, 0);
    }

    /// <summary>The advisor the customer follows who published it; of several the last.</summary>
    private string? Publisher(JsonElement moment, string customer, DateTimeOffset at)
    {
        var lost = books.Of("lost").Where(loss => Text(loss, "externalUserId") == customer && Time(loss, "at") <= at).Select(loss => Text(loss, "userid")).ToHashSet(StringComparer.Ordinal);
        return books.Customer(customer).Follows
            .Where(follow => follow.Since <= at.ToUnixTimeSeconds() && !lost.Contains(follow.Advisor) && ServedAt(moment, follow.Advisor) <= at)
            .OrderBy(follow => ServedAt(moment, follow.Advisor)).ThenBy(follow => follow.Since).ThenBy(follow => follow.Advisor, StringComparer.Ordinal)
            .Select(follow => follow.Advisor).LastOrDefault();
    }
}
