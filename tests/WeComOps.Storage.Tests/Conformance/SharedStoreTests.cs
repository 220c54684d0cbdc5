using WeComOps.Access;
using WeComOps.WeCom;

namespace WeComOps.Storage.Tests.Conformance;

/// <summary>What nodes share: the right to fetch a token, its answer, the calls of a window, the console's keys.</summary>
public abstract class SharedStoreTests : ConformanceTests
{
    private const string App = "ww1/1000002";
    private const string Path = "/cgi-bin/message/send";
    private static readonly DateTimeOffset Now = new(2026, 11, 9, 1, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private ISharedTokens Tokens => The<ISharedTokens>();

    private ISharedCalls Calls => The<ISharedCalls>();

    [Fact]
    public async Task The_right_to_fetch_has_one_owner_until_it_runs_out()
    {
        Assert.Null(await Tokens.FindAsync(App, None));
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(node => Tokens.TakeTurnAsync(App, 0, $"node{node}", Now, Now + Minute, None)));
        Assert.Single(taken, true);
        Assert.Equal(new SharedToken(0, null), await Tokens.FindAsync(App, None));

        Assert.False(await Tokens.TakeTurnAsync(App, 0, "other", Now + Minute - TimeSpan.FromMilliseconds(1), Now + (2 * Minute), None));
        Assert.True(await Tokens.TakeTurnAsync(App, 0, "other", Now + Minute, Now + (2 * Minute), None));
    }

    [Fact]
    public async Task An_answer_is_stored_once_and_only_by_the_owner()
    {
        await Tokens.TakeTurnAsync(App, 0, "first", Now, Now + Minute, None);
        await Tokens.TakeTurnAsync(App, 0, "second", Now + Minute, Now + (2 * Minute), None);
        Assert.Null(await Tokens.EndTurnAsync(App, "first", new TokenAnswer(0, "late", Now), None));

        var answer = new TokenAnswer(0, "sealed", Now + TimeSpan.FromHours(2));
        Assert.Equal(1, await Tokens.EndTurnAsync(App, "second", answer, None));
        Assert.Equal(new SharedToken(1, answer), await Tokens.FindAsync(App, None));
        Assert.Null(await Tokens.EndTurnAsync(App, "second", answer, None));

        // Who has not seen this answer may not fetch another.
        Assert.False(await Tokens.TakeTurnAsync(App, 0, "third", Now + (3 * Minute), Now + (4 * Minute), None));
        Assert.True(await Tokens.TakeTurnAsync(App, 1, "third", Now, Now + Minute, None));
        Assert.Equal(2, await Tokens.EndTurnAsync(App, "third", new TokenAnswer(40001, "invalid credential", Now + Minute), None));
        Assert.Equal(40001, (await Tokens.FindAsync(App, None))!.Answer!.Code);
    }

    [Fact]
    public async Task A_turn_given_back_without_an_answer_is_free_at_once()
    {
        await Tokens.TakeTurnAsync(App, 0, "first", Now, Now + Minute, None);
        Assert.Null(await Tokens.EndTurnAsync(App, "first", answer: null, None));
        Assert.True(await Tokens.TakeTurnAsync(App, 0, "second", Now, Now + Minute, None));
    }

    [Fact]
    public async Task Dropping_an_old_version_leaves_the_newer_one()
    {
        var until = Now + TimeSpan.FromHours(2);
        for (var version = 0; version < 2; version++)
        {
            await Tokens.TakeTurnAsync(App, version, "node", Now, Now + Minute, None);
            await Tokens.EndTurnAsync(App, "node", new TokenAnswer(0, $"sealed{version}", until), None);
        }

        await Tokens.DropAsync(App, 1, None);
        Assert.Equal(until, (await Tokens.FindAsync(App, None))!.Answer!.Until);
        await Tokens.DropAsync(App, 2, None);
        Assert.Equal(DateTimeOffset.UnixEpoch, (await Tokens.FindAsync(App, None))!.Answer!.Until);
    }

    [Fact]
    public async Task A_window_counts_up_to_its_limit_and_the_next_one_begins_anew()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Calls.CountAsync("ww1", Path, Now, 5, Now, None)));
        Assert.Equal(5, counts.Count(static count => count.Counted));
        Assert.True((await Calls.CountAsync("ww2", Path, Now, 5, Now, None)).Counted);
        Assert.True((await Calls.CountAsync("ww1", "/cgi-bin/user/list", Now, 5, Now, None)).Counted);

        Assert.True((await Calls.CountAsync("ww1", Path, Now + Minute, 2, Now + Minute, None)).Counted);
        // A clock that is behind counts where the others are.
        Assert.True((await Calls.CountAsync("ww1", Path, Now, 2, Now, None)).Counted);
        Assert.False((await Calls.CountAsync("ww1", Path, Now, 2, Now, None)).Counted);
        Assert.False((await Calls.CountAsync("ww1", Path, Now + Minute, 2, Now + Minute, None)).Counted);
    }

    [Fact]
    public async Task A_block_stops_all_calls_and_is_longer_the_second_time()
    {
        Task<DateTimeOffset> Block(DateTimeOffset at) => Calls.BlockAsync("ww1", Path, at, Minute, TimeSpan.FromHours(1), None);

        Assert.Equal(Now + Minute, await Block(Now));
        Assert.Equal(Now + Minute, await Block(Now + TimeSpan.FromSeconds(30)));
        Assert.Equal(new CallCount(false, Now + Minute, true), await Calls.CountAsync("ww1", Path, Now, 5, Now, None));

        var later = Now + Minute;
        Assert.Equal(new CallCount(true, Now + Minute, true), await Calls.CountAsync("ww1", Path, later, 5, later, None));
        Assert.Equal(later + TimeSpan.FromHours(1), await Block(later));

        await Calls.UnblockAsync("ww1", Path, later, None);
        Assert.False((await Calls.CountAsync("ww1", Path, later, 5, later, None)).Counted);
        later += TimeSpan.FromHours(1);
        await Calls.UnblockAsync("ww1", Path, later, None);
        Assert.Equal(later + Minute, await Block(later));
    }

    [Fact]
    public async Task A_place_for_a_key_is_given_once()
    {
        var keys = The<ISessionKeyStore>();
        Assert.Empty(await keys.ReadAsync(None));
        var added = await Task.WhenAll(Enumerable.Range(0, 5).Select(node => keys.AddAsync(1, $"key-{node}", $"<key id='{node}' />", None)));
        Assert.Single(added, true);
        Assert.True(await keys.AddAsync(2, "next", "<key id='next' />", None));

        await RestartAsync();
        var read = await The<ISessionKeyStore>().ReadAsync(None);
        Assert.Equal(2, read.Count);
        Assert.Equal("<key id='next' />", read[1]);
    }
}
