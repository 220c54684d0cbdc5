using WeComOps.Access;
using WeComOps.Inbox;
using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Storage.Tests.Conformance;

public abstract class InboxStoreTests : ConformanceTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_stored_message_is_found_as_it_was_received()
    {
        var message = new ReceivedMessage("id1", Given.Noon, "<xml>客户 🙂 \u00e9\n</xml>");

        await The<IIntake>().StoreAsync(message, None);

        Assert.Equal(message, await The<IInboxStore>().FindAsync("id1", None));
        Assert.Null(await The<IInboxStore>().FindAsync("id2", None));
    }

    [Fact]
    public async Task A_message_with_a_known_id_changes_nothing_and_succeeds()
    {
        var first = Given.Message(1);
        await The<IIntake>().StoreAsync(first, None);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => The<IIntake>().StoreAsync(first with { Body = "other", ReceivedAt = Given.Noon.AddDays(1) }, None)));

        Assert.Equal(first, await The<IInboxStore>().FindAsync(first.Id, None));
        Assert.Equal(1, (await The<IInboxStore>().CountAsync(None)).Messages);
    }

    [Fact]
    public async Task Fifty_messages_of_one_second_are_fifty_messages_in_their_order()
    {
        for (var i = 0; i < 50; i++)
        {
            await The<IIntake>().StoreAsync(Given.Message(i), None);
        }

        var unrouted = await The<IInboxStore>().UnroutedAsync(100, None);

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"<xml>{i}</xml>"), unrouted.Select(message => message.Body));
    }

    [Fact]
    public async Task Many_messages_at_once_are_each_stored_once_and_in_the_order_of_their_arrival()
    {
        var callers = Enumerable.Range(0, 600).Select(i => The<IIntake>().StoreAsync(Given.Message(i % 500), None)).ToArray();
        await Task.WhenAll(callers);

        var unrouted = await The<IInboxStore>().UnroutedAsync(1000, None);

        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"<xml>{i}</xml>"), unrouted.Select(message => message.Body));
    }

    [Fact]
    public async Task A_text_that_no_database_keeps_as_it_is_does_not_stop_its_batch()
    {
        var odd = Given.Message(1) with { Body = "<xml>\0\ud800</xml>" };

        await Task.WhenAll(The<IIntake>().StoreAsync(odd, None), The<IIntake>().StoreAsync(Given.Message(2), None));

        Assert.Equal(["<xml>\ufffd\ufffd</xml>", "<xml>2</xml>"], (await The<IInboxStore>().UnroutedAsync(10, None)).Select(message => message.Body));
    }

    [Fact]
    public async Task What_was_stored_is_there_after_a_restart()
    {
        await The<IIntake>().StoreAsync(Given.Message(1), None);

        await RestartAsync();

        Assert.Equal(Given.Message(1), Assert.Single(await The<IInboxStore>().UnroutedAsync(10, None)));
    }

    [Fact]
    public async Task A_routed_message_is_one_item_per_handler()
    {
        var message = await RoutedAsync(1, "friends", "groups");

        var items = await ClaimAsync(Given.Noon);

        var claim = items[0].Claim;
        Assert.Equal([new(message.Id, "friends", message.Body, Given.Noon, 0, claim), new InboxItem(message.Id, "groups", message.Body, Given.Noon, 0, claim)], items);
        Assert.Empty(await The<IInboxStore>().UnroutedAsync(10, None));
    }

    [Fact]
    public async Task Routing_again_adds_no_item_and_revives_none()
    {
        var message = await RoutedAsync(1, "friends");
        await MarkAsync(Assert.Single(await ClaimAsync(Given.Noon)), null, null);

        await CommitAsync(changes => changes.Routed.Add(message.Route("friends")));

        Assert.Empty(await ClaimAsync(Given.Noon));
    }

    [Fact]
    public async Task A_message_for_no_handler_is_kept_and_no_longer_unrouted()
    {
        var message = await RoutedAsync(1);

        Assert.Equal(new InboxCounts(1, 0, 0, 0), await The<IInboxStore>().CountAsync(None));
        Assert.Equal(message, await The<IInboxStore>().FindAsync(message.Id, None));
    }

    [Fact]
    public async Task The_oldest_items_are_claimed_first()
    {
        await RoutedAsync(1, Given.Noon.AddMilliseconds(2), "friends");
        await RoutedAsync(2, Given.Noon.AddMilliseconds(1), "friends");
        await RoutedAsync(3, Given.Noon.AddMilliseconds(1), "friends");

        var items = await The<IInboxStore>().ClaimAsync(Given.Noon.AddMinutes(1), Lease, 2, None);

        Assert.Equal(["<xml>2</xml>", "<xml>3</xml>"], items.Select(item => item.Body));
    }

    [Fact]
    public async Task Concurrent_claims_never_get_the_same_item()
    {
        await CommitAsync(_ => { });
        for (var i = 0; i < 40; i++)
        {
            await RoutedAsync(i, "friends");
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ =>
            Task.Run(() => The<IInboxStore>().ClaimAsync(Given.Noon, Lease, 5, None))));

        var ids = claims.SelectMany(items => items).Select(item => item.MessageId).ToList();
        Assert.Equal(40, ids.Count);
        Assert.Equal(40, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task An_item_whose_claimer_died_is_claimed_again_when_the_lease_is_over_and_not_before()
    {
        await RoutedAsync(1, "friends");
        Assert.Single(await ClaimAsync(Given.Noon));
        await RestartAsync();

        Assert.Empty(await ClaimAsync(Given.Noon + Lease - TimeSpan.FromMilliseconds(1)));
        Assert.Single(await ClaimAsync(Given.Noon + Lease));
    }

    [Fact]
    public async Task A_handled_item_never_comes_back()
    {
        await RoutedAsync(1, "friends");

        await MarkAsync(Assert.Single(await ClaimAsync(Given.Noon)), null, null);

        Assert.Empty(await ClaimAsync(Given.Noon.AddDays(1)));
        Assert.Equal(new InboxCounts(1, 0, 0, 0), await The<IInboxStore>().CountAsync(None));
    }

    [Fact]
    public async Task Who_finishes_after_another_took_over_stores_nothing()
    {
        await RoutedAsync(1, "friends");
        var slow = Assert.Single(await ClaimAsync(Given.Noon));
        var taken = Assert.Single(await ClaimAsync(Given.Noon + Lease));
        Assert.NotEqual(slow.Claim, taken.Claim);

        await Assert.ThrowsAsync<ClaimLostException>(() => MarkAsync(slow, null, null, changes => changes.Record(Given.Fact("late"))));
        await Assert.ThrowsAsync<ClaimLostException>(() => MarkAsync(slow, "late failure", Given.Noon));
        await MarkAsync(taken, null, null);
        await Assert.ThrowsAsync<ClaimLostException>(() => MarkAsync(taken, null, null, changes => changes.Record(Given.Fact("twice"))));

        Assert.Empty(await The<ILedger>().LatestAsync(null, 10, None));
        Assert.Empty(await ClaimAsync(Given.Noon.AddDays(1)));
    }

    [Fact]
    public async Task A_claim_is_prolonged_while_it_runs_and_not_after()
    {
        await RoutedAsync(1, "friends");
        await RoutedAsync(2, "friends");
        var items = await ClaimAsync(Given.Noon);
        await MarkAsync(items[0], null, null);

        Assert.Equal(1, await The<IInboxStore>().RenewAsync(items[1].Claim, Given.Noon.AddSeconds(40), Lease, None));
        Assert.Empty(await ClaimAsync(Given.Noon.AddSeconds(40) + Lease - TimeSpan.FromMilliseconds(1)));
        Assert.Equal(0, await The<IInboxStore>().RenewAsync(items[1].Claim, Given.Noon.AddSeconds(40) + Lease, Lease, None));

        Assert.Equal(items[1].MessageId, Assert.Single(await ClaimAsync(Given.Noon.AddSeconds(40) + Lease)).MessageId);
    }

    [Fact]
    public async Task What_lies_behind_a_claimed_item_of_its_lane_waits_for_it()
    {
        await InLaneAsync(1, "李女士");
        await InLaneAsync(2, "王先生");
        var first = await The<IInboxStore>().ClaimAsync(Given.Noon, Lease, 1, None);
        await InLaneAsync(3, "李女士");
        await InLaneAsync(4, "李女士");

        var others = await ClaimAsync(Given.Noon);
        Assert.Equal(["<xml>2</xml>"], others.Select(item => item.Body));

        await MarkAsync(Assert.Single(first), null, null);
        Assert.Equal(["<xml>3</xml>", "<xml>4</xml>"], (await ClaimAsync(Given.Noon)).Select(item => item.Body));
    }

    [Fact]
    public async Task A_lane_whose_claimer_died_goes_on_in_its_order()
    {
        await InLaneAsync(1, "李女士");
        await The<IInboxStore>().ClaimAsync(Given.Noon, Lease, 1, None);
        await InLaneAsync(2, "李女士");

        Assert.Equal(["<xml>1</xml>", "<xml>2</xml>"], (await ClaimAsync(Given.Noon + Lease)).Select(item => item.Body));
    }

    [Fact]
    public async Task A_failed_item_waits_for_its_retry_and_counts_the_attempt()
    {
        await RoutedAsync(1, "friends");
        var retryAt = Given.Noon.AddSeconds(10);

        await MarkAsync(Assert.Single(await ClaimAsync(Given.Noon)), "busy", retryAt);

        Assert.Empty(await ClaimAsync(retryAt.AddMilliseconds(-1)));
        Assert.Equal(1, Assert.Single(await ClaimAsync(retryAt)).Attempts);
    }

    [Fact]
    public async Task A_parked_item_is_listed_and_waits_again_once_a_person_replays_it()
    {
        var message = await RoutedAsync(1, "friends", "groups");
        await MarkAsync((await ClaimAsync(Given.Noon)).First(item => item.Handler == "friends"), "无法解析", null);

        Assert.Equal(new ParkedItem(message.Id, "friends", 1, "无法解析", Given.Noon), Assert.Single(await The<IInboxStore>().ParkedAsync(10, None)));
        Assert.Equal(new InboxCounts(1, 0, 1, 1), await The<IInboxStore>().CountAsync(None));
        var desk = new ReplayParked(The<IChangeStore>(), new SteppedClock(Given.Noon));
        Assert.Null(await desk.ReplayAsync(message.Id, "friends", "admin1", None));

        var replayed = Assert.Single(await ClaimAsync(Given.Noon));
        Assert.Equal(("friends", 0), (replayed.Handler, replayed.Attempts));
        Assert.Empty(await The<IInboxStore>().ParkedAsync(10, None));
        Assert.NotNull(await desk.ReplayAsync(message.Id, "friends", "admin2", None));
        Assert.NotNull(await desk.ReplayAsync(message.Id, "groups", "admin2", None));
        Assert.Equal("admin1", Assert.Single(await The<IAuditStore>().LatestAsync(10, None)).Entry.Who);
    }

    [Fact]
    public async Task Events_that_nobody_takes_are_counted_by_name()
    {
        foreach (var (number, name) in ((string[])["subscribe", "enter_agent", "subscribe"]).Index())
        {
            var message = Given.Message(number, Given.Noon.AddMinutes(number));
            await The<IIntake>().StoreAsync(message, None);
            await CommitAsync(changes => changes.Routed.Add(message.Route() with { Name = name }));
        }

        await RoutedAsync(9, "friends");
        await The<IIntake>().StoreAsync(Given.Message(10), None);

        Assert.Equal(
            [new("subscribe", 2, Given.Noon.AddMinutes(2)), new UnhandledEvents("enter_agent", 1, Given.Noon.AddMinutes(1))],
            await The<IInboxStore>().CountByNameAsync(None));
    }

    [Fact]
    public async Task A_callback_is_a_source_without_being_kept_twice()
    {
        var message = await RoutedAsync(1, "friends");

        Assert.Equal(
            new RawSource("inbox:" + message.Id, "callback", Given.Noon, message.Body),
            await The<ILedger>().FindSourceAsync("inbox:" + message.Id, None));
        Assert.Null(await The<ILedger>().FindSourceAsync("inbox:unknown", None));
    }

    private Task<IReadOnlyList<InboxItem>> ClaimAsync(DateTimeOffset now) => The<IInboxStore>().ClaimAsync(now, Lease, 10, None);

    private Task MarkAsync(InboxItem item, string? error, DateTimeOffset? retryAt, Action<Changes>? decide = null) => CommitAsync(changes =>
    {
        decide?.Invoke(changes);
        changes.Marks.Add(new InboxMark(item.MessageId, item.Handler, item.Claim, error, retryAt));
    });

    private async Task InLaneAsync(int number, string lane)
    {
        var message = Given.Message(number);
        await The<IIntake>().StoreAsync(message, None);
        await CommitAsync(changes => changes.Routed.Add(message.Route("friends") with { Lane = lane }));
    }

    private Task<ReceivedMessage> RoutedAsync(int number, params string[] handlers) => RoutedAsync(number, Given.Noon, handlers);

    private async Task<ReceivedMessage> RoutedAsync(int number, DateTimeOffset at, params string[] handlers)
    {
        var message = Given.Message(number, at);
        await The<IIntake>().StoreAsync(message, None);
        await CommitAsync(changes => changes.Routed.Add(message.Route(handlers)));
        return message;
    }
}
