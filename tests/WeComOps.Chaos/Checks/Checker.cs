using WeComOps.Chaos.Load;

namespace WeComOps.Chaos.Checks;

/// <summary>Judges a run: lost, doubled, stuck. Pure, so that it can be shown to see each kind of harm.</summary>
internal static class Checker
{
    /// <summary>How late the look for an UNKNOWN push may be before it counts as forgotten.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(90);

    /// <summary>How long a click may wait in a node's memory while it could be written.</summary>
    private static readonly TimeSpan Writing = TimeSpan.FromSeconds(20);

    /// <summary>An answer that was under way when its node died is noted a little after.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(2);

    /// <summary>Kinds of facts that only callbacks bring in this rig.</summary>
    private static readonly HashSet<string> FromCallbacks = new(StringComparer.Ordinal) { "friend_added", "friend_lost", "question_asked", "group_created", "group_joined", "group_left" };

    public static Verdict Judge(Evidence evidence) => new([.. Callbacks(evidence), .. Pushes(evidence), .. Messages(evidence), .. Clicks(evidence), .. Rest(evidence)]);

    private static IEnumerable<Check> Callbacks(Evidence evidence)
    {
        var inbox = evidence.Store.Inbox.GroupBy(row => row.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        var facts = evidence.Store.Facts.GroupBy(fact => fact.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var sent = evidence.Sent.ToDictionary(sent => sent.Id, StringComparer.Ordinal);
        var stored = evidence.Sent.Where(sent => inbox.ContainsKey(sent.Id)).ToArray();
        var outgoing = evidence.Store.Outgoing.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        yield return Check.Of("An acknowledged callback is in the inbox", evidence.Acknowledged, sent =>
            inbox.ContainsKey(sent.Id) ? null : $"event {sent.Number} ({sent.Kind}) {sent.Id} was acknowledged and is not there");
        yield return Check.Of("A stored callback has its effects", stored, sent => Missing(sent, facts, outgoing));
        yield return Check.Of("A stored callback was routed to its handlers", stored, sent => inbox[sent.Id][0] is var row && row.Routed && row.Handlers == sent.Handlers
            ? null
            : $"event {sent.Number} ({sent.Kind}): routed {row.Routed} as {row.Name} to {row.Handlers} handlers instead of {sent.Handlers}");
        yield return Check.Of("A callback is stored once", inbox, pair => pair.Value.Length == 1 && sent.ContainsKey(pair.Key) ? null : $"{pair.Key} is there {pair.Value.Length} times, sent: {sent.ContainsKey(pair.Key)}");

        var expected = evidence.Sent.SelectMany(sent => sent.Facts.Concat(sent.Perhaps)).ToHashSet(StringComparer.Ordinal);
        yield return Check.Of("A callback takes effect once", evidence.Store.Facts.Where(fact => FromCallbacks.Contains(fact.Kind)).ToArray(), fact =>
            !expected.Contains(fact.Id) ? $"fact {fact.Id} of {fact.Source}: nothing that was sent leads to it"
            : facts[fact.Id] > 1 ? $"fact {fact.Id} is there {facts[fact.Id]} times"
            : null);
        yield return Check.Of("A member who left a group is out once", stored.Where(sent => sent.Exit is not null).ToArray(), sent =>
        {
            var (joined, left, unseen, dated) = (facts.ContainsKey(sent.Exit!.Joined), facts.ContainsKey(sent.Exit.Left), facts.ContainsKey(sent.Exit.Unseen), facts.ContainsKey(sent.Exit.Unseen + ":dated"));
            return joined == left && unseen == dated ? null : $"event {sent.Number}: joined {joined}, left {left}, missed by a look {unseen}, which was taken back {dated}";
        });
        yield return Check.Of("Fifty distinct events of one second are fifty", Bursts(evidence), burst =>
            burst.Count(sent => inbox.ContainsKey(sent.Id)) == burst.Count && burst.SelectMany(sent => sent.Facts).Distinct(StringComparer.Ordinal).Count(facts.ContainsKey) == burst.Count
                ? null
                : $"burst {burst[0].Burst}: {burst.Count} acknowledged, {burst.Count(sent => inbox.ContainsKey(sent.Id))} stored, {burst.SelectMany(sent => sent.Facts).Count(facts.ContainsKey)} facts");
    }

    private static string? Missing(SentEvent sent, Dictionary<string, int> facts, HashSet<string> outgoing)
    {
        var gone = sent.Facts.Where(fact => !facts.ContainsKey(fact))
            .Concat(sent.Cards.Where(card => !outgoing.Contains(card.Replace("which-", "which:", StringComparison.Ordinal)))).ToArray();
        return gone.Length == 0 ? null : $"event {sent.Number} ({sent.Kind}) {sent.Id} lacks {string.Join(", ", gone)}";
    }

    private static List<List<SentEvent>> Bursts(Evidence evidence) =>
        [.. evidence.Acknowledged.Where(sent => sent.Burst is not null).GroupBy(sent => sent.Burst!.Value).Select(group => group.ToList())];

    private static IEnumerable<Check> Pushes(Evidence evidence)
    {
        var made = evidence.Pushes.GroupBy(push => push.Text, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        var slices = evidence.Store.Slices;
        yield return Check.Of("A push is made once", slices, slice => made.GetValueOrDefault(slice.Text) is { Length: > 1 } calls
            ? $"push {slice.Id} ({slice.State}) was made {calls.Length} times: {string.Join(", ", calls.Select(call => $"{call.Id} at {call.At:HH:mm:ss.fff}"))}"
            : null);
        yield return Check.Of("A push is what the product says of it", slices, slice => (slice.State, Made: made.GetValueOrDefault(slice.Text)) switch
        {
            ("running" or "closed", null) => $"push {slice.Id} is {slice.State} and was never made",
            ("running" or "closed", { } calls) when !calls.Any(call => call.Id == slice.PushId) => $"push {slice.Id} is {slice.State} as {slice.PushId}, but was made as {calls[0].Id}",
            ("planned" or "rejected" or "missed", { } calls) => $"push {slice.Id} is {slice.State} and was made as {calls[0].Id}",
            ("rejected" or "missed", null) => $"push {slice.Id} is {slice.State}: {slice.Error}",
            _ => null,
        });
        yield return UnknownCauses.Of(
            "An UNKNOWN push has a cause", [.. slices.Where(slice => slice.State == "unknown").Select(slice => (slice.Id, slice.Text))], evidence, atOnce: 1);
        var known = slices.Select(slice => slice.Text).ToHashSet(StringComparer.Ordinal);
        yield return Check.Of("Nothing is made that was not planned", evidence.Pushes, push => known.Contains(push.Text) ? null : $"{push.Id} at {push.At:HH:mm:ss.fff} belongs to no push");
    }

    private static IEnumerable<Check> Messages(Evidence evidence)
    {
        yield return Check.Of("A message to an advisor is sent once", evidence.Messages, message => message.Value == 1 ? null : $"{message.Key} was sent {message.Value} times");
        yield return Check.Of("A message is what the product says of it", evidence.Store.Outgoing, row =>
        {
            return (row.State, Sent: evidence.Messages.ContainsKey(KeyOf(evidence, row))) switch
            {
                ("closed", false) => $"message {row.Id} is closed and was never sent",
                ("planned" or "missed" or "rejected", true) => $"message {row.Id} is {row.State} and was sent",
                ("missed" or "rejected", false) => $"message {row.Id} is {row.State}: {row.Error}",
                _ => null,
            };
        });
        yield return UnknownCauses.Of(
            "An UNKNOWN message has a cause", [.. evidence.Store.Outgoing.Where(row => row.State == "unknown").Select(row => (row.Id, KeyOf(evidence, row)))], evidence, atOnce: 8);
        var known = evidence.PlannedMessages.Values.Concat(evidence.Sent.SelectMany(sent => sent.Cards)).ToHashSet(StringComparer.Ordinal);
        yield return Check.Of("Nothing is sent that was not planned", evidence.Messages, message => known.Contains(message.Key) ? null : $"{message.Key} belongs to no message");
    }

    private static string KeyOf(Evidence evidence, OutgoingRow row) =>
        evidence.PlannedMessages.GetValueOrDefault(row.Id) ?? row.Id.Replace("which:", "which-", StringComparison.Ordinal);

    private static IEnumerable<Check> Clicks(Evidence evidence)
    {
        var stored = evidence.Store.Clicks.GroupBy(id => id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var facts = evidence.Store.Facts.Where(fact => fact.Kind == "link_clicked").GroupBy(fact => fact.Id, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        yield return Check.Of("An answered click is stored once", evidence.Clicks, click => (stored.GetValueOrDefault(click.Id), facts.GetValueOrDefault("link_clicked:" + click.Id)) switch
        {
            (1, 1) => null,
            // It waited in the memory of a process that was killed: the redirect is not held up for it.
            (0, 0) when evidence.Deaths.Any(death => death.Node == click.Node && death.At >= click.At - Skew && death.At <= click.At + Writing + Hindered(evidence, click.At, death.At)) => null,
            var (rows, counted) => $"click {click.Id} of {click.Node} at {click.At:HH:mm:ss.fff} is stored {rows} times, counted {counted} times",
        });
    }

    /// <summary>How long between the two nothing could be written.</summary>
    private static TimeSpan Hindered(Evidence evidence, DateTimeOffset from, DateTimeOffset to) => evidence.Disturbances
        .Where(one => one.To > from && one.From < to).Aggregate(TimeSpan.Zero, (sum, one) => sum + (one.To - one.From));

    private static IEnumerable<Check> Rest(Evidence evidence)
    {
        var store = evidence.Store;
        yield return Check.Of("No inbox item waits or is parked", store.Items, item => item.State == "done" && item.LeaseUntil is null
            ? null
            : $"item {item.MessageId} of {item.Handler} is {item.State}, lease {item.LeaseUntil}: {item.Error}");
        yield return Check.Of("No push is left half done", store.Slices, slice => slice.State switch
        {
            "started" or "accepted" => $"push {slice.Id} is still {slice.State}",
            "planned" when slice.PlannedAt < evidence.At - Grace => $"push {slice.Id} was due at {slice.PlannedAt:HH:mm:ss} and is still planned: {slice.Error}",
            "unknown" when slice.CheckAt is null || slice.CheckAt < evidence.At - Grace => $"push {slice.Id} is unknown and nobody looks for it: {slice.Error}",
            _ => null,
        });
        yield return Check.Of("No message is left half done", store.Outgoing, row => row.State is "closed" or "unknown" or "missed" or "rejected" ? null : $"message {row.Id} is still {row.State}: {row.Error}");
    }
}
