using WeComOps.Chaos.Load;
using WeComOps.Chaos.Vendor;

namespace WeComOps.Chaos.Checks;

/// <summary>Does one kind of harm to sound evidence. A checker that does not see each of them would prove nothing.</summary>
internal static class Saboteur
{
    /// <summary>Name of the harm, and the evidence with it; null when this evidence has nothing to do it to.</summary>
    public static IReadOnlyList<(string Harm, Func<Evidence, Evidence?> Do)> Harms { get; } =
    [
        ("a stored callback vanishes", evidence => Store(evidence, store => store with { Inbox = Without(store.Inbox, row => row.Id == Acknowledged(evidence)) })),
        ("a callback is stored twice", evidence => Store(evidence, store => store with { Inbox = [.. store.Inbox, store.Inbox[0]] })),
        ("a fact vanishes", evidence => Store(evidence, store => store with { Facts = Without(store.Facts, fact => fact.Kind == "friend_added") })),
        ("a fact is recorded on two days", evidence => Store(evidence, store => store with { Facts = [.. store.Facts, store.Facts.First(fact => fact.Kind == "friend_lost") with { Day = "2000-01-01" }] })),
        ("a fact appears from nowhere", evidence => Store(evidence, store => store with { Facts = [.. store.Facts, new FactRow("2026-01-05", "friend_added:x:y:1", "friend_added", "inbox:z")] })),
        ("one event of a burst is taken for another", evidence => evidence.Acknowledged.FirstOrDefault(sent => sent.Burst is not null) is { } sent
            ? Store(evidence, store => store with { Inbox = Without(store.Inbox, row => row.Id == sent.Id) })
            : null),
        ("a push is made twice", evidence => evidence.Pushes.Count == 0 ? null : evidence with { Pushes = [.. evidence.Pushes, evidence.Pushes.First() with { Id = "again" }] }),
        ("a push runs that was never made", evidence => evidence.Store.Slices.FirstOrDefault(slice => slice.State == "running") is { } slice
            ? evidence with { Pushes = [.. evidence.Pushes.Where(push => push.Text != slice.Text)] }
            : null),
        ("a push was made that is said to be rejected", evidence => Slice(evidence, "rejected")),
        ("a push stays started", evidence => Slice(evidence, "started")),
        ("an unknown push is forgotten", evidence => Slice(evidence, "unknown")),
        ("a message is sent twice", evidence => evidence.Messages.Count == 0 ? null : evidence with
        {
            Messages = evidence.Messages.ToDictionary(pair => pair.Key, pair => pair.Key == evidence.Messages.First().Key ? 2 : pair.Value, StringComparer.Ordinal),
        }),
        ("a message is closed and was never sent", evidence => evidence.Store.Outgoing.FirstOrDefault(row => row.State == "closed" && evidence.PlannedMessages.ContainsKey(row.Id)) is { } row
            ? evidence with { Messages = evidence.Messages.Where(pair => pair.Key != evidence.PlannedMessages[row.Id]).ToDictionary(StringComparer.Ordinal) }
            : null),
        ("a push is unknown without a cause", evidence => evidence.Store.Slices.FirstOrDefault(slice => slice.State == "running") is { } running
            ? WithoutCause(Store(evidence, store => store with
            {
                Slices = [.. store.Slices.Select(slice => slice.Id == running.Id ? slice with { State = "unknown", PushId = null, CheckAt = evidence.At.AddMinutes(1) } : slice)],
            })!, running.Text)
            : null),
        ("a message is unknown without a cause", evidence => evidence.Store.Outgoing.FirstOrDefault(row => row.State == "closed" && evidence.PlannedMessages.ContainsKey(row.Id)) is { } closed
            ? WithoutCause(Store(evidence, store => store with { Outgoing = [.. store.Outgoing.Select(row => row.Id == closed.Id ? row with { State = "unknown" } : row)] })!, evidence.PlannedMessages[closed.Id])
            : null),
        ("more messages are unknown than were cut off", evidence => evidence.Store.Outgoing.Count == 0 ? null : Store(evidence, store => store with
        {
            Outgoing = [.. store.Outgoing, .. Enumerable.Range(0, 1 + (8 * evidence.Disturbances.Sum(one => one.Rounds))).Select(number => new OutgoingRow($"never called {number}", "unknown", null))],
        })),
        ("a member's leaving is forgotten", evidence => Exit(evidence) is { } exit
            ? Store(evidence, store => store with { Facts = Without(store.Facts, fact => fact.Id == exit.Left) })
            : null),
        ("a member is missed by a look and leaves again by their event", evidence => Exit(evidence) is { } exit
            ? Store(evidence, store => store with { Facts = [.. store.Facts, new FactRow("2026-09-21", exit.Unseen, "group_left", "pull:group")] })
            : null),
        ("an answered click vanishes", evidence => Click(evidence) is { } click
            ? Store(evidence, store => store with { Clicks = [.. store.Clicks.Where(id => id != click.Id)], Facts = [.. store.Facts.Where(fact => fact.Id != "link_clicked:" + click.Id)] })! with
            {
                Clicks = [.. evidence.Clicks.Where(other => other != click), click with { At = evidence.At.AddHours(1) }],
            }
            : null),
        ("a click is counted twice", evidence => Click(evidence) is { } click
            ? Store(evidence, store => store with { Facts = [.. store.Facts, new FactRow("2000-01-01", "link_clicked:" + click.Id, "link_clicked", "click:" + click.Id)] })
            : null),
        ("an inbox item is parked", evidence => evidence.Store.Items.Count == 0 ? null : Store(evidence, store => store with { Items = [store.Items[0] with { State = "parked" }, .. store.Items.Skip(1)] })),
        ("a lease is never freed", evidence => evidence.Store.Items.Count == 0 ? null : Store(evidence, store => store with { Items = [store.Items[0] with { LeaseUntil = 1 }, .. store.Items.Skip(1)] })),
        ("a message stays started", evidence => evidence.Store.Outgoing.Count == 0 ? null : Store(evidence, store => store with { Outgoing = [store.Outgoing[0] with { State = "started" }, .. store.Outgoing.Skip(1)] })),
    ];

    /// <summary>Harms that the checker overlooked in this evidence, and how many could be tried.</summary>
    public static (IReadOnlyList<string> Overlooked, int Tried) Try(Evidence sound)
    {
        var tried = Harms.Select(harm => (harm.Harm, Harmed: harm.Do(sound))).Where(pair => pair.Harmed is not null).ToArray();
        var before = Checker.Judge(sound).Checks.Sum(check => check.Broken.Count);
        return ([.. tried.Where(pair => Checker.Judge(pair.Harmed!).Checks.Sum(check => check.Broken.Count) <= before).Select(pair => pair.Harm)], tried.Length);
    }

    private static GroupExit? Exit(Evidence evidence) =>
        evidence.Acknowledged.Select(sent => sent.Exit).FirstOrDefault(exit => exit is not null && evidence.Store.Facts.Any(fact => fact.Id == exit.Left));

    private static AnsweredClick? Click(Evidence evidence) => evidence.Clicks.FirstOrDefault(click => evidence.Store.Clicks.Contains(click.Id));

    /// <summary>As if WeCom had answered it when nothing was disturbed.</summary>
    private static Evidence WithoutCause(Evidence evidence, string key) => evidence with
    {
        Asked = new Dictionary<string, CallSeen>(evidence.Asked, StringComparer.Ordinal) { [key] = new CallSeen(evidence.At.AddHours(1), Spoiled: false) },
    };

    private static string Acknowledged(Evidence evidence) => evidence.Acknowledged.First().Id;

    private static Evidence Store(Evidence evidence, Func<StoreImage, StoreImage> change) => evidence with { Store = change(evidence.Store) };

    private static Evidence? Slice(Evidence evidence, string state) => evidence.Store.Slices.FirstOrDefault(slice => slice.State == "running") is not { } running
        ? null
        : Store(evidence, store => store with { Slices = [.. store.Slices.Select(slice => slice.Id == running.Id ? slice with { State = state, CheckAt = null } : slice)] });

    private static List<T> Without<T>(IEnumerable<T> rows, Func<T, bool> first)
    {
        var left = rows.ToList();
        left.RemoveAt(left.FindIndex(row => first(row)));
        return left;
    }
}
