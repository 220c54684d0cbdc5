using System.Text.RegularExpressions;
using WeComOps.Console.Language;

namespace WeComOps.Console.Tests;

public sealed partial class TextsTests
{
    /// <summary>Found from the test's own folder upwards: a build that maps its paths knows no other.</summary>
    private static string SourceDirectory()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "WeComOps.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("The repository was not found above the tests."), "src", "WeComOps.Console");
    }

    [Fact]
    public void Everything_the_pages_say_is_there_in_English()
    {
        var said = System.IO.Directory.EnumerateFiles(SourceDirectory(), "*.cs*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "English.cs" && !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(file => Said().Matches(File.ReadAllText(file)).Select(match => match.Groups["text"].Value))
            .Where(text => Chinese().IsMatch(text)).Distinct(StringComparer.Ordinal).ToArray();

        Assert.True(said.Length > 200);
        Assert.Equal([], said.Where(text => !English.Words.ContainsKey(text)).ToArray());
    }

    [Fact]
    public void Both_languages_fill_in_the_same_values() => Assert.All(English.Words, pair => Assert.Equal(
        Hole().Matches(pair.Key).Select(match => match.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        Hole().Matches(pair.Value).Select(match => match.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));

    [GeneratedRegex(@"(?:T\[|t\[|Say\(|=> |Tell\(null, |\? |: |, )""(?<text>[^""\\\n]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Said();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Chinese();

    [GeneratedRegex(@"\{[a-z0-9]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hole();
}
