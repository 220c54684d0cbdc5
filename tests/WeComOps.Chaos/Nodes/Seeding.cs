using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Links;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Storage;
using WeComOps.Templates;
using WeComOps.WeCom;

namespace WeComOps.Chaos.Nodes;

/// <summary>What is in the store before the first node starts, put there through the product's own ports.</summary>
internal static class Seeding
{
    private const int PerCommit = 500;

    public static async Task RunAsync(IDatabase database, ChaosPlan plan, TimeProvider clock)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Storage:Provider"] = database.Provider,
            ["Storage:ConnectionString"] = database.ConnectionString,
        }).Build();
        await using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging(logging => logging.ClearProviders())
            .AddStorage(configuration).BuildServiceProvider();
        await services.GetRequiredService<StorageMaintenance>().OpenAsync(CancellationToken.None);
        var store = services.GetRequiredService<IChangeStore>();
        var now = clock.GetUtcNow();
        await store.CommitAsync(People(), CancellationToken.None);
        await store.CommitAsync(Content(now), CancellationToken.None);
        await store.CommitAsync(Links(now), CancellationToken.None);
        foreach (var part in Enumerable.Range(0, plan.Slices).Chunk(PerCommit))
        {
            await store.CommitAsync(Pushes(part, now, plan), CancellationToken.None);
        }

        foreach (var part in Enumerable.Range(0, plan.Messages).Chunk(PerCommit))
        {
            await store.CommitAsync(Messages(part, now, plan), CancellationToken.None);
        }
    }

    private static Changes People()
    {
        var people = new Changes();
        var branch = Corp.Department.ToString(CultureInfo.InvariantCulture);
        people.Branches.Add(new Branch(branch, "支行", null));
        for (var index = 0; index < Corp.Advisors; index++)
        {
            var advisor = Corp.Advisor(index);
            people.Members.Add(new Member(advisor, "经理" + index.ToString(CultureInfo.InvariantCulture), null, branch, HasCustomers: true, Active: true));
        }

        foreach (var (customer, advisor) in Corp.Common)
        {
            people.Customers.Add(new Customer(customer, Corp.CommonName, null));
            people.Friendships.Add(new Friendship(advisor, customer, DateTimeOffset.FromUnixTimeSeconds(Corp.Before), 1, advisor, null, LostAt: null));
        }

        return people;
    }

    /// <summary>What the pushes belong to: only what is issued and approved leaves.</summary>
    private static Changes Content(DateTimeOffset now)
    {
        var content = new Changes();
        content.Templates.Add(new Template(Said.Template, TemplateKind.Moment, "活动", Said.Author, Said.Team, null, []).SaveDraft("活动", now).Submit(now).Approve("other", now));
        content.Instructions.Add(new Instruction(
            Said.Instruction!, InstructionKind.Moment, "活动", Said, now, now.AddDays(1), [Corp.Department.ToString(CultureInfo.InvariantCulture)], 0, null, null, InstructionState.Open, now, Said.Author));
        return content;
    }

    private static ContentRef Said { get; } = new("chaos", "chaos", 1, null, "rig", "rig", null);

    private static Changes Links(DateTimeOffset now)
    {
        var links = new Changes();
        links.Links.AddRange(Corp.LinkTokens.Select(token => new TrackedLink(
            token, "https://m.bank.example/p/gold", Said, Advisor: null, Branch: null, "gold", "metals", now)));
        return links;
    }

    /// <summary>Moments for three advisors, posts of one; half are told apart by their link, half by their exact text.</summary>
    private static Changes Pushes(IEnumerable<int> numbers, DateTimeOffset now, ChaosPlan plan)
    {
        var planned = new Changes();
        foreach (var number in numbers)
        {
            var isMoment = number % 2 == 0;
            var marker = number % 4 < 2 ? string.Create(CultureInfo.InvariantCulture, $"tok{number:000000}") : null;
            var text = string.Create(CultureInfo.InvariantCulture, $"第{number}号活动：周末到网点做客。") + (marker is null ? "" : Corp.Link + marker);
            string[] executors = [.. Enumerable.Range(0, isMoment ? 3 : 1).Select(index => Corp.Advisor((number + index) % Corp.Advisors))];
            var id = string.Create(CultureInfo.InvariantCulture, $"chaos:{number:000000}");
            planned.Slices.Add(new PushSlice(
                id, Said.Instruction!, isMoment ? PushKind.Moment : PushKind.GroupPost, isMoment ? ExposureClass.Moment : ExposureClass.GroupPost,
                Said, text, marker, executors, now + (plan.Spread * number / plan.Slices),
                now.AddDays(1), SliceState.Planned, StartedAt: null, JobId: null, PushId: null, Error: null, Checks: 0, CheckAt: null, Epoch: 0));
            planned.Executions.AddRange(executors.Select(advisor => new PushExecution(id, advisor, SeenAt: null, Reached: 0, Looks: 0, LookAt: null)));
        }

        return planned;
    }

    private static Changes Messages(IEnumerable<int> numbers, DateTimeOffset now, ChaosPlan plan)
    {
        var planned = new Changes();
        planned.Outgoing.AddRange(numbers.Select(number => OutgoingMessages.Plan(
            MessageId(number), new AppMessage.Text(Corp.Advisor(number % Corp.Advisors), MessageText(number)), now + (plan.Spread * number / plan.Messages), now.AddDays(1))));
        return planned;
    }

    public static string MessageId(int number) => string.Create(CultureInfo.InvariantCulture, $"chaos-message:{number:000000}");

    public static string MessageText(int number) => string.Create(CultureInfo.InvariantCulture, $"第{number}号提醒：请看今天的任务。");
}
