using WeComOps.Chaos.Checks;
using WeComOps.Chaos.Load;
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

    [Fact]
    public void A_call_that_was_cut_off_may_be_unknown_while_somebody_looks_for_it()
    {
        var sound = Sound();
        var unknown = sound.Store.Slices[0] with { State = "unknown", PushId = null, CheckAt = Now.AddMinutes(1) };
        Assert.True(Checker.Judge(sound with { Store = sound.Store with { Slices = [unknown] } }).Holds);
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
        SentEvent[] sent = [added, left, .. burst];
        return new Evidence(
            sent, sent, [new CreatedPush("mom1", "job1", "a text", ["a"], Now, IsMoment: true)],
            new Dictionary<string, int>(StringComparer.Ordinal) { ["a reminder"] = 1 },
            new Dictionary<string, string>(StringComparer.Ordinal) { ["m1"] = "a reminder" },
            new StoreImage(
                [.. sent.Select(sent => new InboxRow(sent.Id, Routed: true, "X", 1))],
                [.. sent.Select(sent => new ItemRow(sent.Id, "h", "done", null, null))],
                [.. sent.SelectMany(sent => sent.Facts.Select(fact => new FactRow("2026-09-21", fact, fact[..fact.IndexOf(':', StringComparison.Ordinal)], "inbox:" + sent.Id)))],
                [new SliceRow("s1", "running", "a text", "mom1", Now, null, null)],
                [new OutgoingRow("m1", "closed", null)]),
            Now);
    }
}
