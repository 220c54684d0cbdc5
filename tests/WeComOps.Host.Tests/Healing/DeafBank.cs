using System.Text;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Healing;
using WeComOps.Host.Demo;
using WeComOps.Host.Jobs;
using WeComOps.Host.Tests.Demo;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Host.Tests.Healing;

/// <summary>A bank whose callbacks get lost as a test says, and what WeCom and the product say of it.</summary>
internal sealed class DeafBank(LivedBank bank) : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = bank.Run.Sandbox.BaseUrl };

    public LivedBank Bank => bank;

    public VirtualClock Clock => (VirtualClock)The<TimeProvider>();

    public static async Task<DeafBank> StartAsync(int seed, int advisors, double lost)
    {
        var deaf = new DeafBank(await LivedBank.StartAsync(seed, weeks: 1, advisors));
        deaf.Lose(lost);
        return deaf;
    }

    public T The<T>()
        where T : notnull => bank.Run.Services.GetRequiredService<T>();

    public void Lose(double share) => Break(FormattableString.Invariant($$"""{"loseCallbacks":{{share}}}"""));

    public void Break(string faults)
    {
        // Synchronous: it is also called from the report of a step, between two instants of the story.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sandbox/faults") { Content = new StringContent(faults, Encoding.UTF8, "application/json") };
        using var answer = _http.Send(request);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The bank lives and the product hears what is not lost; none of its jobs runs.</summary>
    public async Task LiveUntilAsync(DateTimeOffset end)
    {
        while (bank.Run.Sandbox.NextDue is { } due && due <= end)
        {
            Clock.MoveTo(due > Clock.GetNow() ? due : Clock.GetNow());
            await bank.Run.Sandbox.RunDueAsync(CancellationToken.None);
            await The<WorkCycle>().DrainAsync(CancellationToken.None);
        }

        Clock.MoveTo(end);
    }

    public Task AskAsync() => The<HealRequests>().AskAsync(HealReason.Asked, "test", CancellationToken.None);

    public async Task<HealRun> HealAsync()
    {
        await AskAsync();
        await The<WorkCycle>().DrainAsync(CancellationToken.None);
        return (await The<IHealingStore>().LatestAsync(CancellationToken.None))!;
    }

    public async Task<IReadOnlyList<string>> AdvisorsAsync() =>
        [.. (await The<IDirectoryStore>().MembersAsync(CancellationToken.None)).Where(member => member.HasCustomers).Select(member => member.UserId).Order(StringComparer.Ordinal)];

    /// <summary>Everybody whom WeCom lists, with the second in which they were added.</summary>
    public async Task<Dictionary<(string Advisor, string Customer), long>> ListedAsync()
    {
        var listed = new Dictionary<(string, string), long>();
        var advisors = await AdvisorsAsync();
        for (var cursor = ""; ;)
        {
            var page = Assert.IsType<ApiResult<WeComPage<WeComCustomer>>.Done>(await The<IWeComApi>().GetCustomersPageAsync(advisors, cursor, CancellationToken.None)).Value;
            foreach (var (customer, follow) in page.Items.SelectMany(customer => customer.Follows.Select(follow => (customer, follow))))
            {
                listed.Add((follow.UserId, customer.ExternalUserId), follow.Since.ToUnixTimeSeconds());
            }

            if ((cursor = page.Next).Length == 0)
            {
                return listed;
            }
        }
    }

    /// <summary>Present friends as the product knows them.</summary>
    public async Task<Dictionary<(string Advisor, string Customer), long>> KnownAsync()
    {
        var known = new Dictionary<(string, string), long>();
        foreach (var advisor in await AdvisorsAsync())
        {
            foreach (var friend in await The<ICustomerStore>().FriendsOfAsync(advisor, CancellationToken.None))
            {
                known.Add((advisor, friend.Customer), friend.Since.ToUnixTimeSeconds());
            }
        }

        return known;
    }

    public async Task<List<WeComGroup>> GroupsAsync()
    {
        var groups = new List<WeComGroup>();
        foreach (var chat in Assert.IsType<ApiResult<IReadOnlyList<string>>.Done>(await The<IWeComApi>().ListGroupsAsync(await AdvisorsAsync(), CancellationToken.None)).Value)
        {
            groups.Add(Assert.IsType<ApiResult<WeComGroup>.Done>(await The<IWeComApi>().GetGroupAsync(chat, CancellationToken.None)).Value);
        }

        return groups;
    }

    public async Task<List<Fact>> FactsAsync()
    {
        var facts = new List<Fact>();
        await foreach (var fact in The<ILedger>().ReadAsync(DemoSettings.FirstMonday.AddDays(-30), DemoSettings.FirstMonday.AddDays(60), CancellationToken.None))
        {
            facts.Add(fact);
        }

        return facts;
    }

    public async Task<string> HappenedAsync() =>
        await _http.GetStringAsync("/sandbox/books/events?week=2026-W43") + await _http.GetStringAsync("/sandbox/books/events?week=2026-W44");

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await bank.DisposeAsync();
    }
}
