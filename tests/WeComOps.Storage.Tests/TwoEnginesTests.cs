using Microsoft.Extensions.DependencyInjection;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.Scorecard;
using WeComOps.Storage.Tests.PostgreSql;
using WeComOps.Storage.Tests.Sqlite;

namespace WeComOps.Storage.Tests;

public sealed class TwoEnginesTests
{
    private static readonly ScoreWeek Week = ScoreWeek.Of(Given.Noon);

    // Where a bank's locale and the bytes disagree: case, accents, punctuation, scripts, planes.
    private static readonly string[] Advisors = ["a1", "A1", "B", "b", "é", "e", "张三", "李四", "_x", "-x", "𠮷", "ﬀ"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_same_facts_in_any_order_make_the_same_scorecard_to_the_byte(int seed)
    {
        var facts = Facts(seed);
        var sqlite = await CardAsync(new SqliteTestDatabase(), facts, new Random(seed));
        var postgreSql = await CardAsync(new PostgreSqlTestDatabase(), facts, new Random(seed + 100));

        Assert.Equal(sqlite, postgreSql);
        Assert.Contains("张三", sqlite.Json, StringComparison.Ordinal);
    }

    private static async Task<(string Json, string Digest)> CardAsync(TestDatabase database, Fact[] facts, Random dice)
    {
        await using (database)
        {
            await database.PrepareAsync();
            var shuffled = facts.ToArray();
            dice.Shuffle(shuffled);
            await using var services = await database.Services().OpenAsync();
            await Task.WhenAll(shuffled.Chunk(37).Select(some =>
            {
                var changes = new Changes();
                changes.Facts.AddRange(some);
                return services.GetRequiredService<IChangeStore>().CommitAsync(changes, CancellationToken.None);
            }));
            var card = await new ScorecardBuilder(new ScorecardRules()).BuildAsync(
                Week, WeekState.Final, services.GetRequiredService<ILedger>().ReadAsync, CancellationToken.None);
            Assert.NotEmpty(card.Front);
            Assert.NotEmpty(card.Mid);
            return CardJson.Write(card);
        }
    }

    private static Fact[] Facts(int seed)
    {
        var dice = new Random(seed);
        FactKind[] kinds =
        [
            FactKind.RequestsSent, FactKind.FriendAdded, FactKind.FriendLost, FactKind.MomentPublished, FactKind.CustomersReached,
            FactKind.AssignmentGiven, FactKind.QuestionAsked, FactKind.SaleMade, FactKind.GroupPostSent,
        ];
        return [.. Enumerable.Range(0, 1500).Select(i => Fact(dice, kinds[dice.Next(kinds.Length)], i)).DistinctBy(fact => fact.Ref)];
    }

    private static Fact Fact(Random dice, FactKind kind, int number)
    {
        var day = Week.Monday.AddDays(dice.Next(-8, 10));
        var advisor = Advisors[dice.Next(Advisors.Length)];
        var at = ShanghaiTime.At(day, new TimeOnly(dice.Next(24), dice.Next(60)));
        return Given.Fact($"{kind.Name()}:{advisor}:{number % 400}", kind, day) with
        {
            OccurredAt = at,
            DueAt = at.AddHours(1),
            Advisor = advisor,
            Branch = $"{number % 3}",
            Customer = $"c{number % 70}",
            Tier = "白金",
            Topic = "fund",
            Quantity = kind == FactKind.AssignmentGiven ? 20 : dice.Next(400),
            Amount = kind == FactKind.SaleMade ? dice.Next(1_000_000) / 100m : null,
            Content = new ContentRef("i1", number % 2 == 0 ? "gold" : "Gold", 1, null, advisor, "内容组", "贵金属"),
            Cause = kind is FactKind.FriendLost or FactKind.QuestionAsked ? new FactRef(Week.Monday, "moment_published:a1:1") : null,
            Class = kind switch
            {
                FactKind.AssignmentGiven => number % 2 == 0 ? ActionKind.FriendRequests : ActionKind.Moments,
                FactKind.FriendAdded => FactClass.ByAdvisor,
                FactKind.SaleMade => FactClass.Online,
                FactKind.GroupPostSent => "group_post",
                _ => "moment",
            },
        };
    }
}
