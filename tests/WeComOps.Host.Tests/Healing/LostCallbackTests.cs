using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Customers;
using WeComOps.Healing;
using WeComOps.Host.Demo;
using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Host.Tests.Healing;

/// <summary>A week in which callbacks get lost, and the nights that heal it: the state equals WeCom's, and nothing is made up.</summary>
public sealed partial class LostCallbackTests : IAsyncLifetime
{
    private DeafBank _bank = null!;
    private List<Fact> _facts = [];
    private DateTimeOffset _baseline;

    public async ValueTask InitializeAsync()
    {
        _bank = await DeafBank.StartAsync(seed: 7, advisors: 24, lost: 0.05);
        await _bank.Bank.Run.LiveAsync(new DeafHours(_bank), CancellationToken.None);
        _bank.Clock.MoveTo(_bank.Clock.GetNow().AddMinutes(20));
        await _bank.HealAsync();
        _facts = await _bank.FactsAsync();
        _baseline = (await _bank.The<IHealingStore>().BaselineAsync(CancellationToken.None))!.Value;
    }

    public ValueTask DisposeAsync() => _bank.DisposeAsync();

    [Fact]
    public async Task Afterwards_the_friends_and_groups_are_WeComs_and_every_fact_there_is_is_true()
    {
        await FriendsEqualTheListsAsync();
        await EveryAdditionIsOneFactOfItsSecondAsync();
        await GroupsEqualTheListsAsync();
        UndatedEndingsAreChargedToNothing();
        await WhatTheCountsKnowBeyondIsANumberAsync();
        Assert.All(await _bank.The<IHealingStore>().RunsAsync(50, CancellationToken.None), run => Assert.True(run.IsFinished));
    }

    private async Task FriendsEqualTheListsAsync()
    {
        var listed = await _bank.ListedAsync();
        var known = await _bank.KnownAsync();
        // Who deleted the advisor stays in WeCom's list; where the callback came, the product knows better.
        var heard = _facts.Where(fact => fact is { Kind: FactKind.FriendLost, Class: not FactClass.TimeUnknown }).Select(fact => (fact.Advisor!, fact.Customer!)).ToHashSet();
        Assert.NotEmpty(heard);
        Assert.Empty(known.Keys.Except(listed.Keys));
        Assert.Empty(listed.Keys.Except(known.Keys).Except(heard));
        Assert.Empty(known.Keys.Intersect(heard));
        Assert.All(known, friend => Assert.Equal(listed[friend.Key], friend.Value));
    }

    private async Task EveryAdditionIsOneFactOfItsSecondAsync()
    {
        var added = _facts.Where(fact => fact.Kind == FactKind.FriendAdded).ToLookup(fact => (fact.Advisor!, fact.Customer!));
        var listed = (await _bank.ListedAsync()).Where(friend => friend.Value >= _baseline.ToUnixTimeSeconds()).ToArray();
        Assert.NotEmpty(listed);
        Assert.All(listed, friend => Assert.Equal(friend.Value, Assert.Single(added[friend.Key]).OccurredAt.ToUnixTimeSeconds()));
        Assert.All(added, additions => Assert.Single(additions));
        // The test tests something only if callbacks of additions were lost and read from lists instead.
        Assert.Contains(added, additions => additions.Single().Source.StartsWith("pull:customers:", StringComparison.Ordinal));
        Assert.Contains(added, additions => additions.Single().Source.StartsWith("inbox:", StringComparison.Ordinal));
        foreach (var healed in added.Select(additions => additions.Single()).Where(fact => !fact.Source.StartsWith("inbox:", StringComparison.Ordinal)))
        {
            Assert.Contains(healed.Customer!, (await _bank.The<ILedger>().FindSourceAsync(healed.Source, CancellationToken.None))!.Body, StringComparison.Ordinal);
        }
    }

    private async Task GroupsEqualTheListsAsync()
    {
        var groups = await _bank.GroupsAsync();
        Assert.NotEmpty(groups);
        var joined = _facts.Where(fact => fact.Kind == FactKind.GroupJoined).ToLookup(fact => (fact.Group!, fact.Customer!, fact.OccurredAt));
        foreach (var group in groups)
        {
            var present = group.Members.Where(member => member.External).Select(member => (member.Id, member.JoinedAt)).Order().ToArray();
            var known = (await _bank.The<IGroupStore>().MembersAsync(group.ChatId, CancellationToken.None))
                .Where(member => member.LeftAt is null).Select(member => (member.Customer, member.JoinedAt)).Order().ToArray();
            Assert.Equal(present, known);
            Assert.Equal(group.Name, (await _bank.The<IGroupStore>().FindAsync(group.ChatId, CancellationToken.None))!.Name);
            Assert.All(present.Where(member => member.JoinedAt >= _baseline), member => Assert.Single(joined[(group.ChatId, member.Id, member.JoinedAt)]));
        }
    }

    private void UndatedEndingsAreChargedToNothing()
    {
        var undated = _facts.Where(fact => fact.Class == FactClass.TimeUnknown).ToArray();
        Assert.NotEmpty(undated);
        Assert.All(undated, fact =>
        {
            Assert.True(fact.Kind is FactKind.FriendLost or FactKind.GroupLeft);
            Assert.Equal((null, null, null), (fact.Content, fact.Cause, fact.Push));
        });
    }

    /// <summary>A deletion whose callback is lost shows in no list: only the day's count tells, and it names nobody.</summary>
    private async Task WhatTheCountsKnowBeyondIsANumberAsync()
    {
        var dropped = DroppedLosses().Matches(await _bank.HappenedAsync()).Select(match => match.Groups["who"].Value).ToArray();
        Assert.NotEmpty(dropped);
        var gaps = (await _bank.The<IHealingStore>().GapsAsync(DemoSettings.FirstMonday, DemoSettings.FirstMonday.AddDays(14), CancellationToken.None))
            .Where(gap => gap is { Thing: CountedThing.Lost, Unnamed: > 0 }).ToLookup(gap => gap.Advisor, StringComparer.Ordinal);
        foreach (var (advisor, lost) in dropped.GroupBy(who => who.Split('/')[0], StringComparer.Ordinal).Select(group => (group.Key, group.Count())))
        {
            // Blocks are counted by WeCom in the same number.
            Assert.True(gaps[advisor].Sum(gap => gap.Unnamed) >= lost, advisor);
        }

        var named = _facts.Where(fact => fact.Kind == FactKind.FriendLost).Select(fact => $"{fact.Advisor}/{fact.Customer}");
        Assert.Empty(dropped.Intersect(named, StringComparer.Ordinal));
        Assert.NotNull(await _bank.The<ILedger>().FindSourceAsync(gaps.First().First().Source, CancellationToken.None));
    }

    [GeneratedRegex("\"callback_dropped\"[^}]*\"del_follow_user/(?<who>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex DroppedLosses();

    /// <summary>On Wednesday nothing comes through from noon to four.</summary>
    private sealed class DeafHours(DeafBank bank) : IProgress<(double Share, DateTimeOffset Now)>
    {
        private static readonly DateTimeOffset From = ShanghaiTime.At(DemoSettings.FirstMonday.AddDays(2), new TimeOnly(12, 0));
        private bool _isDeaf;

        public void Report((double Share, DateTimeOffset Now) value)
        {
            var deaf = value.Now >= From && value.Now < From.AddHours(4);
            if (deaf != _isDeaf)
            {
                _isDeaf = deaf;
                bank.Lose(deaf ? 1 : 0.05);
            }
        }
    }
}
