using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace WeComOps.Templates.Lint;

/// <summary>Reads the data file of the rules.</summary>
internal static class LintRulesReader
{
    private const string Resource = "compliance.zh.yaml";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public static LintRules ReadShipped()
    {
        using var stream = typeof(LintRulesReader).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return Read(reader);
    }

    /// <exception cref="FormatException">A rule is not complete; says which.</exception>
    public static LintRules Read(TextReader reader)
    {
        var yaml = new YamlStream();
        yaml.Load(reader);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        var folding = new Folding(Pairs(Scalar(root, "traditional") ?? string.Empty));
        return new LintRules(
            folding, Patterns(root, "allowed"),
            [.. Items(root, "rules").Select(rule => Text(rule, folding))],
            [.. Items(root, "notices").Select(rule => Notice(rule, folding))]);
    }

    private static TextRule Text(YamlMappingNode rule, Folding folding) => new(
        Needed(rule, "id"), Level(rule, "level"), Needed(rule, "title"), Needed(rule, "basis"), Needed(rule, "why"), Needed(rule, "remedy"),
        [.. Scalars(rule, "words").Select(word => NormalText.Of(word, folding).Text)], Patterns(rule, "patterns"), Patterns(rule, "except"), Patterns(rule, "unless"),
        Scope(rule, "kinds"), Scalar(rule, "exemptible") != "false");

    private static NoticeRule Notice(YamlMappingNode rule, Folding folding)
    {
        var opposite = Scalar(rule, "otherwise") is null ? Level(rule, "level") : Level(rule, "otherwise");
        // Kinds of a notice with two levels choose the level; with one level they choose the content.
        var both = opposite != Level(rule, "level");
        return new NoticeRule(
            Needed(rule, "id"), Level(rule, "level"), opposite, both ? Kinds(rule, "kinds") : [], Needed(rule, "title"), Needed(rule, "basis"), Needed(rule, "why"),
            Needed(rule, "remedy"), [.. Scalars(rule, "anyOf").Select(text => NormalText.Of(text, folding).Text)], Scope(rule, both ? "-" : "kinds"), Scalar(rule, "onlyWithProduct") == "true");
    }

    private static RuleScope Scope(YamlMappingNode rule, string kinds) => new([.. Scalars(rule, "products")], [.. Scalars(rule, "notProducts")], Kinds(rule, kinds));

    private static TemplateKind[] Kinds(YamlMappingNode rule, string key) =>
        [.. Scalars(rule, key).Select(name => TemplateSource.TryParseKind(name, out var kind) ? kind : throw new FormatException($"{Needed(rule, "id")}: no kind {name}."))];

    private static LintLevel Level(YamlMappingNode rule, string key) => Needed(rule, key) switch
    {
        "block" => LintLevel.Block,
        "warn" => LintLevel.Warn,
        "info" => LintLevel.Info,
        var other => throw new FormatException($"{Needed(rule, "id")}: {key} is {other}; write block, warn or info."),
    };

    private static Regex[] Patterns(YamlMappingNode rule, string key) =>
        [.. Scalars(rule, key).Select(pattern => new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Limit))];

    private static Dictionary<char, char> Pairs(string text)
    {
        var letters = text.Where(letter => !char.IsWhiteSpace(letter)).ToArray();
        if (letters.Length % 2 != 0)
        {
            throw new FormatException("traditional must list pairs of characters.");
        }

        return letters.Chunk(2).DistinctBy(pair => pair[0]).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    private static IEnumerable<YamlMappingNode> Items(YamlMappingNode root, string key) => ((YamlSequenceNode)root.Children[new YamlScalarNode(key)]).Cast<YamlMappingNode>();

    private static string Needed(YamlMappingNode rule, string key) => Scalar(rule, key) is { Length: > 0 } value ? value : throw new FormatException($"A rule has no {key}: {Scalar(rule, "id")}.");

    private static string? Scalar(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var value) && value is YamlScalarNode scalar ? scalar.Value : null;

    private static IEnumerable<string> Scalars(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var value) && value is YamlSequenceNode items ? items.Cast<YamlScalarNode>().Select(item => item.Value ?? string.Empty) : [];
}
