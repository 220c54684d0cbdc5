using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Customers;
using WeComOps.Healing;
using WeComOps.Host.Tests.Web;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Host.Tests.Healing;

/// <summary>Lists and callbacks bring the same things in any order; together they count once.</summary>
public sealed class LateCallbackTests : IAsyncLifetime
{
    private const string Advisor = "adv_001";
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private DeafBank _bank = null!;
    private long _number;

    public async ValueTask InitializeAsync() => _bank = await DeafBank.StartAsync(seed: 42, advisors: 6, lost: 1);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _bank.DisposeAsync();
    }

    [Fact]
    public async Task A_friendship_that_no_list_shows_ended_at_an_unknown_time_until_its_callback_comes()
    {
        var (customer, lostAt) = await GhostAsync();
        await HealLaterAsync();
        var undated = Assert.Single(await LossesAsync(customer));
        Assert.Equal((FactClass.TimeUnknown, 1L, null), (undated.Class, undated.Quantity, undated.Cause));
        Assert.Equal(ShanghaiTime.DayOf(_bank.Clock.GetNow()), undated.Day);
        Assert.DoesNotContain((Advisor, customer), (await _bank.KnownAsync()).Keys);

        await CallAsync("del_follow_user", customer, lostAt);

        var losses = await LossesAsync(customer);
        Assert.Equal(3, losses.Count);
        Assert.Equal(1, losses.Sum(fact => fact.Quantity));
        Assert.Equal(lostAt, Assert.Single(losses, fact => fact.Class != FactClass.TimeUnknown).OccurredAt);
        Assert.Equal(undated.Ref, Assert.Single(losses, fact => fact.Quantity < 0).Corrects);
        Assert.Empty(await _bank.The<IHealingStore>().TimeUnknownAsync(customer, CancellationToken.None));
    }

    [Fact]
    public async Task When_it_turns_out_that_the_advisor_deleted_the_customer_no_loss_is_left()
    {
        var (customer, lostAt) = await GhostAsync();
        await HealLaterAsync();

        await CallAsync("del_external_contact", customer, lostAt);

        var losses = await LossesAsync(customer);
        Assert.Equal((2, 0L), (losses.Count, losses.Sum(fact => fact.Quantity)));
    }

    [Fact]
    public async Task An_addition_that_the_list_brought_is_not_doubled_by_its_late_callback()
    {
        await _bank.LiveUntilAsync(ShanghaiTime.At(ShanghaiTime.DayOf(_bank.Clock.GetNow()).AddDays(3), new TimeOnly(3, 0)));
        await _bank.HealAsync();
        var healed = (await _bank.FactsAsync()).First(fact => fact.Kind == FactKind.FriendAdded);

        // WeCom's event may say another second than its list.
        await CallAsync("add_external_contact", healed.Customer!, healed.OccurredAt.AddSeconds(1), healed.Advisor!);

        Assert.Equal(healed, Assert.Single(await _bank.FactsAsync(), fact => fact.Kind == FactKind.FriendAdded && fact.Customer == healed.Customer && fact.Advisor == healed.Advisor));
    }

    [Fact]
    public async Task A_deletion_that_comes_after_the_addition_that_followed_it_ends_in_the_lists_state()
    {
        var listed = (await _bank.ListedAsync()).Keys.First();
        var added = _bank.Clock.GetNow().AddMinutes(-20);
        await CallAsync("add_external_contact", listed.Customer, At(added), listed.Advisor);

        await CallAsync("del_follow_user", listed.Customer, At(added.AddMinutes(-1)), listed.Advisor);
        Assert.Contains(listed, (await _bank.KnownAsync()).Keys);

        await HealLaterAsync();
        Assert.Contains(listed, (await _bank.KnownAsync()).Keys);
        Assert.Single(await LossesAsync(listed.Customer));
    }

    [Fact]
    public async Task An_addition_that_comes_after_the_deletion_that_followed_it_is_a_friend_no_more()
    {
        var listed = (await _bank.ListedAsync()).Keys.First();
        var added = At(_bank.Clock.GetNow().AddMinutes(-20));
        await CallAsync("del_follow_user", listed.Customer, added.AddMinutes(1), listed.Advisor);

        await CallAsync("add_external_contact", listed.Customer, added, listed.Advisor);

        Assert.DoesNotContain(listed, (await _bank.KnownAsync()).Keys);
        await HealLaterAsync();
        Assert.DoesNotContain(listed, (await _bank.KnownAsync()).Keys);
        Assert.Single(await _bank.FactsAsync(), fact => fact.Kind == FactKind.FriendAdded && fact.Customer == listed.Customer);
    }

    [Fact]
    public async Task When_most_of_an_advisors_list_is_missing_the_list_is_doubted_and_nobody_is_lost()
    {
        var changes = new Changes();
        var friends = (await _bank.KnownAsync()).Keys.Count(friend => friend.Advisor == Advisor);
        for (var i = 0; i < friends + 5; i++)
        {
            changes.Friendships.Add(new Friendship(Advisor, FormattableString.Invariant($"wmGhost{i}"), _bank.Clock.GetNow().AddDays(-9), 1, Advisor, null, null));
        }

        await _bank.The<IChangeStore>().CommitAsync(changes, CancellationToken.None);

        var run = await HealLaterAsync();

        Assert.Equal((0L, 1L), (run.Counts.Ended, run.Counts.Doubtful));
        var finding = Assert.Single(await _bank.The<IHealingStore>().FindingsAsync(run.Id, 100, CancellationToken.None), finding => finding.Kind == FindingKind.Doubtful);
        Assert.Equal(Advisor, finding.Advisor);
        Assert.Empty(await LossesAsync("wmGhost0"));
    }

    private static DateTimeOffset At(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    /// <summary>A friend whom the product knows and WeCom does not.</summary>
    private async Task<(string Customer, DateTimeOffset LostAt)> GhostAsync()
    {
        const string customer = "wmGhost";
        var now = _bank.Clock.GetNow();
        var changes = new Changes();
        changes.Customers.Add(new Customer(customer, "幽灵", null));
        changes.Friendships.Add(new Friendship(Advisor, customer, now.AddDays(-9), 1, Advisor, null, null));
        await _bank.The<IChangeStore>().CommitAsync(changes, CancellationToken.None);
        return (customer, At(now.AddMinutes(-30)));
    }

    private Task<HealRun> HealLaterAsync()
    {
        _bank.Clock.MoveTo(_bank.Clock.GetNow().AddMinutes(15));
        return _bank.HealAsync();
    }

    private async Task<List<Fact>> LossesAsync(string customer) =>
        [.. (await _bank.FactsAsync()).Where(fact => fact.Kind == FactKind.FriendLost && fact.Customer == customer)];

    private async Task CallAsync(string change, string customer, DateTimeOffset at, string advisor = Advisor)
    {
        var options = _bank.Bank.Settings.Sandbox;
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"<xml><ToUserName><![CDATA[{options.CorpId}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>{at.ToUnixTimeSeconds()}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_external_contact]]></Event><ChangeType><![CDATA[{change}]]></ChangeType><UserID><![CDATA[{advisor}]]></UserID><ExternalUserID><![CDATA[{customer}]]></ExternalUserID><WelcomeCode><![CDATA[{++_number}]]></WelcomeCode></xml>");
        using var request = new CallbackForge(options, _bank.Clock.GetNow()).Post(_bank.Bank.Run.ConsoleUrl, message);
        using var answer = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await _bank.The<Jobs.WorkCycle>().DrainAsync(CancellationToken.None);
    }
}
