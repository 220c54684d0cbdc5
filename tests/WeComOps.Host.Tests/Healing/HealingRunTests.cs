using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Healing;
using WeComOps.Host.Demo;
using WeComOps.Host.Jobs;
using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Host.Tests.Healing;

public sealed class HealingRunTests
{
    private static readonly DateTimeOffset Thursday = ShanghaiTime.At(DemoSettings.FirstMonday.AddDays(3), new TimeOnly(3, 0));

    [Fact]
    public async Task A_run_that_is_killed_after_every_page_goes_on_at_its_page_and_ends_like_an_undisturbed_one()
    {
        await using var calm = await DeafBank.StartAsync(seed: 5, advisors: 12, lost: 1);
        await using var killed = await DeafBank.StartAsync(seed: 5, advisors: 12, lost: 1);
        await calm.LiveUntilAsync(Thursday);
        await killed.LiveUntilAsync(Thursday);

        var undisturbed = await calm.HealAsync();
        await killed.AskAsync();
        var kills = 0;
        using (KilledAtMilestone.Here(Milestone.PageHealed))
        {
            while (await killed.The<IHealingStore>().LatestAsync(CancellationToken.None) is { IsFinished: false } or { IsFirstLook: true })
            {
                await Assert.ThrowsAsync<KilledException>(() => Restarted(killed).StepAsync(CancellationToken.None));
                Assert.True(++kills < 500);
            }
        }

        var resumed = (await killed.The<IHealingStore>().LatestAsync(CancellationToken.None))!;
        Assert.Equal(undisturbed.Counts, resumed.Counts);
        Assert.Equal(undisturbed.Counts.Pages, kills);
        Assert.True(undisturbed.Counts.Added > 0);
        Assert.True(undisturbed.Counts.Pages > 12);
        Assert.Equal((await calm.FactsAsync()).Select(fact => fact.Ref), (await killed.FactsAsync()).Select(fact => fact.Ref));
        Assert.Equal(await calm.KnownAsync(), await killed.KnownAsync());
        Assert.Equal(await killed.ListedAsync(), await killed.KnownAsync());
    }

    [Fact]
    public async Task A_run_waits_while_WeCom_does_not_answer_and_goes_on_where_it_was()
    {
        await using var bank = await DeafBank.StartAsync(seed: 6, advisors: 6, lost: 1);
        await bank.LiveUntilAsync(Thursday);
        await bank.AskAsync();
        Assert.True(await bank.The<Heal>().StepAsync(CancellationToken.None));
        bank.Break("""{"loseCallbacks":1,"serverError":["externalcontact/batch/get_by_user","externalcontact/list"]}""");

        Assert.False(await bank.The<Heal>().StepAsync(CancellationToken.None));

        var held = (await bank.The<IHealingStore>().LatestAsync(CancellationToken.None))!;
        Assert.Equal((false, 1L), (held.IsFinished, held.Counts.Pages));
        Assert.NotNull(held.Hindrance);
        bank.Lose(1);
        Assert.False(await bank.The<Heal>().StepAsync(CancellationToken.None));
        bank.Clock.MoveTo(held.HeldUntil!.Value);
        while (await bank.The<Heal>().StepAsync(CancellationToken.None))
        {
        }

        Assert.True((await bank.The<IHealingStore>().LatestAsync(CancellationToken.None))!.IsFinished);
        Assert.Equal(await bank.ListedAsync(), await bank.KnownAsync());
    }

    [Fact]
    public async Task A_run_that_finds_nothing_writes_no_fact_and_a_second_one_finds_nothing()
    {
        await using var bank = await DeafBank.StartAsync(seed: 6, advisors: 6, lost: 1);
        await bank.LiveUntilAsync(Thursday);
        var first = await bank.HealAsync();
        var facts = await bank.FactsAsync();
        bank.Clock.MoveTo(bank.Clock.GetNow().AddMinutes(1));

        var second = await bank.HealAsync();

        Assert.True(first.Counts.Found > 0);
        Assert.Equal((0L, 0L), (second.Counts.Found, second.Counts.Doubtful));
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(facts.Count, (await bank.FactsAsync()).Count);
    }

    [Fact]
    public async Task After_an_outage_of_more_than_a_minute_the_lists_are_read()
    {
        await using var bank = await DeafBank.StartAsync(seed: 6, advisors: 6, lost: 0);
        var worker = ActivatorUtilities.CreateInstance<HealWorker>(bank.Bank.Run.Services);
        await worker.RunOnceAsync(CancellationToken.None);
        bank.Clock.MoveTo(bank.Clock.GetNow().AddSeconds(50));
        await worker.RunOnceAsync(CancellationToken.None);
        bank.Clock.MoveTo(bank.Clock.GetNow().AddMinutes(5));
        Assert.True((await bank.The<IHealingStore>().LatestAsync(CancellationToken.None))!.IsFirstLook);

        // Another process, as after a restart.
        worker = ActivatorUtilities.CreateInstance<HealWorker>(bank.Bank.Run.Services);
        Assert.False(await worker.RunOnceAsync(CancellationToken.None));
        bank.Clock.MoveTo(bank.Clock.GetNow().AddSeconds(30));
        Assert.False(await worker.RunOnceAsync(CancellationToken.None));
        for (var i = 0; i < 4; i++)
        {
            bank.Clock.MoveTo(bank.Clock.GetNow().AddSeconds(30));
            while (await worker.RunOnceAsync(CancellationToken.None))
            {
            }
        }

        var run = (await bank.The<IHealingStore>().LatestAsync(CancellationToken.None))!;
        Assert.Equal((HealReason.Outage, true), (run.Reason, run.IsFinished));
        Assert.Equal(2, (await bank.The<IHealingStore>().RunsAsync(10, CancellationToken.None)).Count);
    }

    private static Heal Restarted(DeafBank bank) => new(
        bank.The<IHealingStore>(), bank.The<IDirectoryStore>(), bank.The<IChangeStore>(),
        ActivatorUtilities.CreateInstance<HealCustomers>(bank.Bank.Run.Services), ActivatorUtilities.CreateInstance<HealEndings>(bank.Bank.Run.Services),
        ActivatorUtilities.CreateInstance<HealGroups>(bank.Bank.Run.Services), ActivatorUtilities.CreateInstance<HealResults>(bank.Bank.Run.Services),
        bank.The<TimeProvider>(), bank.The<ILogger<Heal>>());
}

/// <summary>Stands for the end of the process.</summary>
public sealed class KilledException() : Exception("killed");

/// <summary>Throws at a milestone, in the flow of the test that asked for it only.</summary>
internal sealed class KilledAtMilestone : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private static readonly AsyncLocal<KilledAtMilestone?> Flowing = new();

    private readonly string _name;
    private readonly List<IDisposable> _subscriptions = [];

    private KilledAtMilestone(string name) => _name = name;

    public static KilledAtMilestone Here(string name)
    {
        var here = new KilledAtMilestone(name);
        Flowing.Value = here;
        here._subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(here));
        return here;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Milestone.Listener)
        {
            _subscriptions.Add(value.Subscribe(this, name => name == _name && Flowing.Value == this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == _name && Flowing.Value == this)
        {
            throw new KilledException();
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error) => throw error;

    public void Dispose()
    {
        Flowing.Value = null;
        _subscriptions.ForEach(subscription => subscription.Dispose());
    }
}
