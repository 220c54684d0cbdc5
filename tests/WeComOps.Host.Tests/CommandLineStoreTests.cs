using System.Text.Json;
using WeComOps.Host.Tests.Cli;
using WeComOps.Host.Tests.Demo;

namespace WeComOps.Host.Tests;

/// <summary>The commands on a database, beside the service that writes it.</summary>
public sealed class CommandLineStoreTests(LivedBanks banks)
{
    [Fact]
    public async Task A_scorecard_is_printed_beside_the_service_and_after_a_restore_the_same()
    {
        var bank = await banks.OfSeedAsync(42);
        var stored = await bank.Run.ScorecardAsync(bank.Run.LastWeek, CancellationToken.None);
        using var folder = new WorkFolder();
        var beside = await folder.RunAsync("scorecard", "--week", "2026-W44", "--format", "json", "--database", bank.Database);
        Assert.True(beside.ExitCode == 0, beside.Error);
        Assert.Equal(stored.Json, Assert.Single(beside.Lines));

        var backup = await folder.RunAsync("backup", "copy.db", "--database", bank.Database);
        Assert.True(backup.ExitCode == 0, backup.Error);
        var restored = await folder.RunAsync("restore", "copy.db", "--database", "again/wecomops.db");
        Assert.True(restored.ExitCode == 0, restored.Error);
        Assert.Contains("The audit log holds", restored.Output, StringComparison.Ordinal);
        var again = await folder.RunAsync("scorecard", "--week", "2026-W44", "--database", "again/wecomops.db");
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Contains(stored.Digest, again.Lines);
    }

    [Fact]
    public async Task Facts_are_exported_as_lines_that_name_their_source()
    {
        var bank = await banks.OfSeedAsync(42);
        using var folder = new WorkFolder();
        var finished = await folder.RunAsync("facts", "export", "--week", "2026-W44", "--database", bank.Database);
        Assert.True(finished.ExitCode == 0, finished.Error);
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in finished.Lines)
        {
            using var fact = JsonDocument.Parse(line);
            Assert.InRange(fact.RootElement.GetProperty("day").GetString()!, "2026-10-26", "2026-11-01");
            Assert.NotEmpty(fact.RootElement.GetProperty("source").GetString()!);
            kinds.Add(fact.RootElement.GetProperty("kind").GetString()!);
        }

        string[] expected = ["requests_sent", "friend_added", "moment_published", "group_post_sent", "question_asked", "link_clicked", "sale_made"];
        Assert.Empty(expected.Except(kinds));
    }

    [Fact]
    public async Task The_audit_log_of_a_run_holds()
    {
        var bank = await banks.OfSeedAsync(42);
        using var folder = new WorkFolder();
        var finished = await folder.RunAsync("audit", "verify", "--database", bank.Database);
        Assert.True(finished.ExitCode == 0, finished.Error);
        Assert.Matches("The audit log holds: [1-9][0-9]* entries, head [0-9a-f]{64}", finished.Output);
    }

    [Fact]
    public async Task A_second_writer_is_refused_with_a_message()
    {
        var bank = await banks.OfSeedAsync(42);
        using var folder = new WorkFolder();
        var finished = await folder.RunAsync("migrate", "--database", bank.Database);
        Assert.Equal(1, finished.ExitCode);
        Assert.Empty(finished.Output);
        Assert.Contains(bank.Database, finished.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", finished.Error, StringComparison.Ordinal);
    }
}
