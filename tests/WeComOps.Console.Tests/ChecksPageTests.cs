using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Healing;

namespace WeComOps.Console.Tests;

public sealed class ChecksPageTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    [Fact]
    public async Task A_manager_sees_what_was_missed_and_opens_its_fact_and_its_statistic()
    {
        using var browser = await console.SignedInAsync(SampleBank.Manager);

        var page = await browser.GetStringAsync(new Uri("/checks", UriKind.Relative));

        Assert.Contains("好友关系结束，时间不详", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/facts/2026-11-16/friend_lost%3Aadv10200%3Awmgone%3Aafter%3A1\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("立即核对", page, StringComparison.Ordinal);
        var fact = await browser.GetStringAsync(new Uri("/facts/2026-11-16/friend_lost%3Aadv10200%3Awmgone%3Aafter%3A1", UriKind.Relative));
        Assert.Contains("时间不详，", fact, StringComparison.Ordinal);
        var gap = await browser.GetStringAsync(new Uri("/checks/gaps/2026-11-16/adv10100/Lost", UriKind.Relative));
        Assert.Contains("negative_feedback_cnt", gap, StringComparison.Ordinal);
        using var missing = await browser.GetAsync(new Uri("/checks/gaps/2026-11-16/adv10100/Added", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task A_branch_manager_sees_the_findings_of_the_branch_and_no_sums_of_the_bank()
    {
        using var browser = await console.SignedInAsync(SampleBank.BranchManager);

        var page = await browser.GetStringAsync(new Uri("/checks", UriKind.Relative));

        Assert.Contains("adv10100", page, StringComparison.Ordinal);
        Assert.DoesNotContain("adv10200", page, StringComparison.Ordinal);
        Assert.DoesNotContain("漏掉后补记", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_asks_for_a_check_and_a_manager_may_not()
    {
        using var administrator = await console.SignedInAsync(SampleBank.Administrator);
        using var asked = await ConsoleFixture.PostAsync(administrator, "/checks", "/checks");
        Assert.Equal("/checks", asked.Headers.Location?.OriginalString);
        var request = Assert.Single(await console.Services.GetRequiredService<IHealingStore>().RequestsAsync(DateTimeOffset.MinValue.AddYears(1969), CancellationToken.None));
        Assert.Equal((HealReason.Asked, SampleBank.Administrator.Id), (request.Reason, request.By));

        using var manager = await console.SignedInAsync(SampleBank.Manager);
        using var refused = await ConsoleFixture.PostAsync(manager, "/checks", "/checks");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }
}
