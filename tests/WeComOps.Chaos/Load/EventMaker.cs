using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WeComOps.Chaos.Vendor;

namespace WeComOps.Chaos.Load;

/// <summary>Makes distinct callbacks in the shapes that WeCom's documents show (90239, 90240, 92130).</summary>
internal sealed class EventMaker(Dice dice, Effects effects, TimeProvider clock)
{
    /// <summary>Groups of which one member will leave.</summary>
    private readonly ConcurrentQueue<string> _restless = new();
    private int _number;

    /// <summary>The next one of the mix.</summary>
    public SentEvent Next() => dice.Below(100) switch
    {
        < 28 => FriendAdded(dice.Below(Corp.Advisors), Now(), burst: null),
        < 44 => FriendLost(),
        < 60 => Question(),
        < 66 => QuestionAboutOneOfTwo(),
        < 74 => GroupCreated(),
        < 77 when MemberLeft() is { } left => left,
        < 97 => Unknown(),
        _ => Timeless(),
    };

    /// <summary>50 customers scan one advisor's code in the same second (reliability.md B-1, 2).</summary>
    public IReadOnlyList<SentEvent> Burst(int burst)
    {
        var advisor = dice.Below(Corp.Advisors);
        var second = Now();
        return [.. Enumerable.Range(0, 50).Select(_ => FriendAdded(advisor, second, burst))];
    }

    private SentEvent FriendAdded(int advisor, long at, int? burst)
    {
        var number = Take();
        var customer = Corp.Customer(advisor, number);
        var user = Corp.Advisor(advisor);
        effects.Friends[customer] = (user, at);
        return Make(
            number, burst is null ? "friend added" : "friend added in a burst",
            Contact("add_external_contact", user, customer, at, $"<WelcomeCode><![CDATA[w{number}]]></WelcomeCode>"),
            [Key("friend_added", user, customer, at)], handlers: 1, burst);
    }

    private SentEvent FriendLost()
    {
        var (number, advisor, at) = (Take(), dice.Below(Corp.Advisors), Now());
        var (user, customer) = (Corp.Advisor(advisor), Corp.Customer(advisor, number));
        return Make(number, "friend lost", Contact("del_follow_user", user, customer, at, ""), [Key("friend_lost", user, customer, at)], handlers: 1);
    }

    private SentEvent Question()
    {
        var number = Take();
        var made = Make(number, "question", Text(number, $"网点第{number}号窗口周六开门吗？"), [], handlers: 1);
        return made with { Facts = ["question_asked:q-" + made.Id[..16]] };
    }

    private SentEvent QuestionAboutOneOfTwo()
    {
        var number = Take();
        var made = Make(number, "question about one of two", Text(number, $"{Corp.CommonName}问：第{number}期存款利率是多少？"), [], handlers: 1);
        return made with { Cards = ["which-q-" + made.Id[..16]] };
    }

    private SentEvent GroupCreated()
    {
        var (number, advisor, at) = (Take(), dice.Below(Corp.Advisors), Now());
        var group = Corp.Group(advisor, number);
        var xml = Envelope("sys", at, "event", $"<Event><![CDATA[change_external_chat]]></Event><ChatId><![CDATA[{group}]]></ChatId><ChangeType><![CDATA[create]]></ChangeType>");
        var members = Members(group);
        if (number % 3 != 0)
        {
            return Make(number, "group created", xml, [$"group_created:{group}", .. members.Select(member => Joined(group, member.Customer, member.JoinedAt))], handlers: 1);
        }

        _restless.Enqueue(group);
        return Make(number, "group created", xml, [$"group_created:{group}", .. members.Skip(1).Select(member => Joined(group, member.Customer, member.JoinedAt))], handlers: 1) with
        {
            Perhaps = [Joined(group, members[0].Customer, members[0].JoinedAt)],
        };
    }

    /// <summary>The first member of an earlier group; null while there is none.</summary>
    private SentEvent? MemberLeft()
    {
        if (_restless.Count < 3 || !_restless.TryDequeue(out var group))
        {
            return null;
        }

        var (number, at, (customer, joinedAt)) = (Take(), Now(), Members(group)[0]);
        effects.Left[group] = customer;
        var xml = Envelope(
            "sys", at, "event",
            $"<Event><![CDATA[change_external_chat]]></Event><ChatId><![CDATA[{group}]]></ChatId><ChangeType><![CDATA[update]]></ChangeType><UpdateDetail><![CDATA[del_member]]></UpdateDetail><QuitScene>0</QuitScene><MemChangeCnt>1</MemChangeCnt><MemChangeList><Item><![CDATA[{customer}]]></Item></MemChangeList>");
        var exit = new GroupExit(
            Joined(group, customer, joinedAt), Key("group_left", group, customer, at),
            string.Create(CultureInfo.InvariantCulture, $"group_left:{group}:{customer}:after:{joinedAt}"));
        return Make(number, "member left", xml, [], handlers: 1) with { Exit = exit, Perhaps = [exit.Left, exit.Unseen, exit.Unseen + ":dated"] };
    }

    private SentEvent Unknown()
    {
        var number = Take();
        // create_user and update_user of one second, and events nobody knows: kept and counted.
        var (name, change) = dice.Below(3) switch { 0 => ("change_contact", "create_user"), 1 => ("change_contact", "update_user"), _ => ("change_of_tomorrow", "x") };
        return Make(number, "unknown to the product", Envelope(
            "sys", Now(), "event", $"<Event><![CDATA[{name}]]></Event><ChangeType><![CDATA[{change}]]></ChangeType><UserID><![CDATA[u{number}]]></UserID>"), [], handlers: 0);
    }

    /// <summary>An event of the product's tomorrow that says a lot.</summary>
    public SentEvent Large()
    {
        var number = Take();
        return Make(number, "large", Envelope(
            "sys", Now(), "event", $"<Event><![CDATA[change_of_tomorrow]]></Event><Detail><![CDATA[{number}:{new string('x', 60_000)}]]></Detail>"), [], handlers: 0);
    }

    /// <summary>Neither MsgId nor CreateTime (reliability.md B-1, 4).</summary>
    private SentEvent Timeless()
    {
        var number = Take();
        return Make(number, "without a time", $"<xml><InfoType><![CDATA[change_auth]]></InfoType><AuthCorpId><![CDATA[c{number}]]></AuthCorpId></xml>", [], handlers: 0);
    }

    /// <summary>Who is in a group of the rig's; the same whenever it is asked.</summary>
    public static IReadOnlyList<(string Customer, long JoinedAt)> Members(string group)
    {
        var number = int.Parse(group[(group.IndexOf('_', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
        return [.. Enumerable.Range(0, 3).Select(index => (string.Create(CultureInfo.InvariantCulture, $"wg{number}_{index}"), CreatedAt(group)))];
    }

    /// <summary>Unix seconds.</summary>
    public static long CreatedAt(string group) =>
        1_790_000_000 + int.Parse(group[(group.IndexOf('_', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);

    private static string Joined(string group, string customer, long at) => Key("group_joined", group, customer, at);

    private static string Key(string kind, string first, string second, long at) => string.Create(CultureInfo.InvariantCulture, $"{kind}:{first}:{second}:{at}");

    private static string Contact(string change, string user, string customer, long at, string more) => Envelope(
        "sys", at, "event",
        $"<Event><![CDATA[change_external_contact]]></Event><ChangeType><![CDATA[{change}]]></ChangeType><UserID><![CDATA[{user}]]></UserID><ExternalUserID><![CDATA[{customer}]]></ExternalUserID>{more}");

    private string Text(int number, string content) => Envelope(
        Corp.Advisor(dice.Below(Corp.Advisors)), Now(), "text", $"<Content><![CDATA[{content}]]></Content><MsgId>{7_000_000_000L + number}</MsgId><AgentID>{Corp.AgentId}</AgentID>");

    private static string Envelope(string from, long at, string type, string more) => string.Create(
        CultureInfo.InvariantCulture,
        $"<xml><ToUserName><![CDATA[{Corp.Id}]]></ToUserName><FromUserName><![CDATA[{from}]]></FromUserName><CreateTime>{at}</CreateTime><MsgType><![CDATA[{type}]]></MsgType>{more}</xml>");

    private static SentEvent Make(int number, string kind, string xml, IReadOnlyList<string> facts, int handlers, int? burst = null) =>
        new(number, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(xml))), kind, xml, facts, [], handlers, burst);

    private int Take() => Interlocked.Increment(ref _number);

    private long Now() => clock.GetUtcNow().ToUnixTimeSeconds();
}
