using WeComOps.Chaos.Checks;
using WeComOps.Chaos.Load;
using WeComOps.Chaos.Run;
using WeComOps.Chaos.Vendor;

namespace WeComOps.Chaos.Tests;

/// <summary>A checker that cannot fail proves nothing: each kind of harm is done to sound evidence, and each must be seen.</summary>
public sealed class CheckerTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);

    public static TheoryData<string> Harms { get; } = [.. Saboteur.Harms.Select(harm => harm.Harm)];

    [Fact]
    public void Sound_evidence_holds() => Assert.Empty(Checker.Judge(Sound()).Checks.SelectMany(check => check.Broken));

    [Theory]
    [MemberData(nameof(Harms))]
    public void Each_kind_of_harm_is_seen(string harm)
    {
        var harmed = Saboteur.Harms.Single(other => other.Harm == harm).Do(Sound());
        Assert.NotNull(harmed);
        Assert.False(Checker.Judge(harmed).Holds);
    }

    [Fact]
    public void A_callback_that_nobody_acknowledged_may_be_missing()
    {
        var sound = Sound();
        var lost = new SentEvent(9, "id9", "friend added", "", ["friend_added:a:c9:9"], [], 1, null);
        Assert.True(Checker.Judge(sound with { Sent = [.. sound.Sent, lost] }).Holds);
    }

    [Theory]
    [InlineData("answer spoiled", true)]
    [InlineData("process died a second after", true)]
    [InlineData("process died a second before it was called", true)]
    [InlineData("process died a minute after", false)]
    [InlineData("nothing", false)]
    public void A_call_may_be_unknown_when_the_rig_knows_why_and_somebody_looks_for_it(string cause, bool holds)
    {
        var sound = Sound();
        var unknown = sound.Store.Slices[0] with { State = "unknown", PushId = null, CheckAt = Now.AddMinutes(1) };
        DateTimeOffset? death = cause switch { "process died a second after" => Now.AddSeconds(1), "process died a minute after" => Now.AddMinutes(1), "process died a second before it was called" => Now.AddSeconds(-1), _ => null };
        var harmed = sound with
        {
            Store = sound.Store with { Slices = [unknown] },
            Asked = new Dictionary<string, CallSeen>(StringComparer.Ordinal) { ["a text"] = new CallSeen(Now, cause == "answer spoiled") },
            Disturbances = death is { } at ? [new Disturbance(at, at, Rounds: 1)] : [],
        };

        Assert.Equal(holds, Checker.Judge(harmed).Holds);
    }

    [Fact]
    public void One_death_explains_one_push_and_eight_messages()
    {
        var sound = Sound();
        var died = sound with { Disturbances = [new Disturbance(Now, Now, Rounds: 1)] };

        Assert.True(Checker.Judge(With(messages: 8)).Holds);
        Assert.False(Checker.Judge(With(messages: 9)).Holds);

        Evidence With(int messages) => died with
        {
            Store = sound.Store with { Outgoing = [.. sound.Store.Outgoing, .. Enumerable.Range(0, messages).Select(number => new OutgoingRow($"u{number}", "unknown", null))] },
        };
    }

    [Theory]
    [InlineData("n1", 3, true)]
    [InlineData("n1", 60, false)]
    [InlineData("n2", 3, false)]
    public void A_click_may_be_lost_with_the_process_that_answered_it(string node, int secondsLater, bool holds)
    {
        var sound = Sound();
        var lost = sound with { Store = sound.Store with { Clicks = [], Facts = [.. sound.Store.Facts.Where(fact => fact.Kind != "link_clicked")] }, Deaths = [new Death(node, Now.AddSeconds(secondsLater))] };

        Assert.Equal(holds, Checker.Judge(lost).Holds);
    }

    [Fact]
    public void Fifty_of_one_second_that_become_forty_nine_are_seen()
    {
        var sound = Sound();
        var facts = sound.Store.Facts.Where(fact => fact.Id != "friend_added:a:b7:7");
        var check = Assert.Single(Checker.Judge(sound with { Store = sound.Store with { Facts = [.. facts] } }).Checks, check => check.Promise.StartsWith("Fifty", StringComparison.Ordinal));
        Assert.Single(check.Broken);
    }

    private static Evidence Sound()
    {
        var added = new SentEvent(1, "id1", "friend added", "", ["friend_added:a:c1:1"], [], 1, null);
        var left = new SentEvent(2, "id2", "friend lost", "", ["friend_lost:a:c2:2"], [], 1, null);
        var burst = Enumerable.Range(100, 50).Select(number => new SentEvent(number, $"id{number}", "friend added in a burst", "", [$"friend_added:a:b{number - 100}:7"], [], 1, 1)).ToArray();
        var grouped = new SentEvent(3, "id3", "group created", "", ["group_created:g"], [], 1, null) { Perhaps = ["group_joined:g:c:1"] };
        var exited = new SentEvent(4, "id4", "member left", "", [], [], 1, null)
        {
            Exit = new GroupExit("group_joined:g:c:1", "group_left:g:c:2", "group_left:g:c:after:1"),
            Perhaps = ["group_left:g:c:2", "group_left:g:c:after:1", "group_left:g:c:after:1:dated"],
        };
        SentEvent[] sent = [added, left, grouped, exited, .. burst];
        return new Evidence(
            sent, sent, [new CreatedPush("mom1", "job1", "a text", ["a"], Now, IsMoment: true)],
            new Dictionary<string, int>(StringComparer.Ordinal) { ["a reminder"] = 1 },
            new Dictionary<string, string>(StringComparer.Ordinal) { ["m1"] = "a reminder" },
            new StoreImage(
                [.. sent.Select(sent => new InboxRow(sent.Id, Routed: true, "X", 1))],
                [.. sent.Select(sent => new ItemRow(sent.Id, "h", "done", null, null))],
                [
                    .. sent.SelectMany(sent => sent.Facts.Select(fact => new FactRow("2026-09-21", fact, fact[..fact.IndexOf(':', StringComparison.Ordinal)], "inbox:" + sent.Id))),
                    new FactRow("2026-09-21", "group_joined:g:c:1", "group_joined", "inbox:id3"),
                    new FactRow("2026-09-21", "group_left:g:c:2", "group_left", "inbox:id4"),
                    new FactRow("2026-09-21", "link_clicked:k1", "link_clicked", "click:k1"),
                ],
                [new SliceRow("s1", "running", "a text", "mom1", Now, null, null)],
                [new OutgoingRow("m1", "closed", null)])
            {
                Clicks = ["k1"],
            },
            Now)
        {
            Clicks = [new AnsweredClick("k1", "n1", Now)],
        };
    }
}
