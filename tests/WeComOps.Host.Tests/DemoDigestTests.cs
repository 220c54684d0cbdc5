using System.Text.RegularExpressions;
using WeComOps.Host.Tests.Cli;
using WeComOps.Host.Tests.Demo;

namespace WeComOps.Host.Tests;

/// <summary>The same seed brings the same scorecard, wherever and however often it is lived.</summary>
public sealed partial class DemoDigestTests
{
    private static readonly string[] Demo = ["demo", "--exit", "--weeks", "1", "--advisors", "12"];

    private static readonly Lazy<Task<string>> Lived = new(static () => LiveAsync(42));

    [Fact]
    public async Task The_same_seed_brings_the_same_digest_in_one_process() => Assert.Equal(await Lived.Value, await LiveAsync(42));

    [Fact]
    public async Task Neither_time_zone_nor_language_nor_process_changes_the_digest()
    {
        var expected = await Lived.Value;
        Assert.Equal(expected, await RunAsync("UTC", "C"));
        Assert.Equal(expected, await RunAsync("America/New_York", "zh_CN.UTF-8"));
    }

    [Fact]
    public async Task Another_seed_brings_another_digest() => Assert.NotEqual(await Lived.Value, await LiveAsync(43));

    private static async Task<string> LiveAsync(int seed)
    {
        await using var bank = await LivedBank.LiveAsync(seed, weeks: 1, advisors: 12);
        return (await bank.Run.ScorecardAsync(bank.Run.LastWeek, CancellationToken.None)).Digest;
    }

    private static async Task<string> RunAsync(string timeZone, string language)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("wecomops-host-tests-").FullName;
        try
        {
            var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["TZ"] = timeZone, ["LANG"] = language, ["LC_ALL"] = language };
            var finished = await Wecomops.RunAsync(folder, Demo, environment: environment);
            Assert.True(finished.ExitCode == 0, finished.Error);
            return Assert.Single(finished.Lines, static line => Digest().IsMatch(line));
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digest();
}
