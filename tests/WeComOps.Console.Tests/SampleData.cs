using Microsoft.Extensions.DependencyInjection;
using WeComOps.Directory;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.Scorecard;

namespace WeComOps.Console.Tests;

/// <summary>Fills the store: three closed weeks, a provisional one and the running one.</summary>
internal static class SampleData
{
    public static readonly DateTimeOffset Now = new(2026, 11, 17, 2, 0, 0, TimeSpan.Zero);

    public static async Task FillAsync(IServiceProvider services, ManualClock clock, int perBranch, int weeks)
    {
        var changes = services.GetRequiredService<IChangeStore>();
        var members = SampleBank.Members(perBranch).ToArray();
        var bank = new Changes();
        SampleBank.AddTo(bank, perBranch, Now);
        await changes.CommitAsync(bank, CancellationToken.None);
        var first = ScoreWeek.Of(Now);
        for (var i = 0; i < weeks; i++)
        {
            first = first.Previous;
        }

        var week = first;
        for (var i = 0; i <= weeks; i++, week = week.Next)
        {
            var facts = new SampleWeek(week, i + 3).Build(members, ShanghaiTime.DayOf(Now).AddDays(-1));
            facts.Sources.Add(new RawSource($"pull:sample:{week}", "pull", week.Start, "{\"errcode\":0,\"behavior_data\":[{\"new_apply_cnt\":40}]}"));
            await changes.CommitAsync(facts, CancellationToken.None);
            if (i < weeks)
            {
                clock.Now = week.End.AddHours(1);
                await services.GetRequiredService<CloseWeek>().PublishProvisionalAsync(CancellationToken.None);
                if (i < weeks - 1)
                {
                    await services.GetRequiredService<CloseWeek>().FinalizeAsync("m-zhou", CancellationToken.None);
                }
            }
        }

        clock.Now = Now;
    }
}
