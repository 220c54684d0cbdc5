using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace WeComOps.Templates;

/// <summary>A template file taken apart: front matter between two <c>---</c> lines, then the text.</summary>
/// <param name="Variables">Declared variables: name → type and sample.</param>
/// <param name="Wordings">Names that stand for one of several phrases, so that colleagues do not post one sentence.</param>
/// <param name="BodyLine">Line of the file on which the text starts, from 1: errors are reported in file lines.</param>
public sealed record TemplateSource(
    TemplateKind Kind, string Title, string? ProductLine, string? ProductType,
    IReadOnlyDictionary<string, DeclaredVariable> Variables, IReadOnlyDictionary<string, IReadOnlyList<string>> Wordings, string Body, int BodyLine)
{
    /// <summary>How many different texts the wordings can make.</summary>
    public int DistinctWordings => Wordings.Values.Aggregate(1, (product, phrases) => product * Math.Max(1, phrases.Count));

    /// <summary>The phrase of each wording for the n-th text; consecutive numbers differ as long as there are phrases left.</summary>
    public IReadOnlyDictionary<string, string> WordingOf(int number)
    {
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, phrases) in Wordings.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            chosen[name] = phrases[number % phrases.Count];
            number /= phrases.Count;
        }

        return chosen;
    }

    /// <summary>The YAML reader recurses: depth and size are bounded before it sees the text.</summary>
    private const int LongestFrontMatter = 8192;
    private const int MostBrackets = 200;

    /// <summary>Reads a template file; on failure says where and what to do.</summary>
    public static (TemplateSource? Source, TemplateFault? Fault) Parse(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        if (lines[0].TrimEnd() != "---")
        {
            return (null, new TemplateFault(1, 1, "文件开头没有说明部分。", "第一行写 ---，然后写 kind、title，再以 --- 结束。"));
        }

        var end = Array.FindIndex(lines, 1, line => line.TrimEnd() == "---");
        if (end < 0)
        {
            return (null, new TemplateFault(1, 1, "说明部分没有结束。", "在正文之前单独写一行 ---。"));
        }

        var matter = string.Join('\n', lines[1..end]);
        if (matter.Length > LongestFrontMatter || matter.Count(letter => letter is '[' or '{') > MostBrackets)
        {
            return (null, new TemplateFault(2, 1, "说明部分太长或嵌套太多。", $"说明部分最多 {LongestFrontMatter} 个字符，措辞每行一句写。"));
        }

        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(matter));
            if (yaml.Documents.Count == 0 || yaml.Documents[0].RootNode is not YamlMappingNode root)
            {
                return (null, new TemplateFault(2, 1, "说明部分是空的。", "至少写 kind 和 title。"));
            }

            return Build(root, string.Join('\n', lines[(end + 1)..]), end + 2);
        }
        catch (YamlException exception)
        {
            var line = (int)exception.Start.Line + 1;
            return (null, new TemplateFault(line, (int)exception.Start.Column, "说明部分不是正确的 YAML。", $"检查第 {line} 行的缩进、冒号和引号。"));
        }
    }

    private static (TemplateSource? Source, TemplateFault? Fault) Build(YamlMappingNode root, string body, int bodyLine)
    {
        var kindText = Scalar(root, "kind");
        if (kindText is null || !TryParseKind(kindText, out var kind))
        {
            return (null, Fault(root, $"kind 是“{kindText}”。", "写 request_copy、welcome、moment、join_copy、group_post、direct_message、answer 之一。"));
        }

        if (Scalar(root, "title") is not { Length: > 0 } title)
        {
            return (null, Fault(root, "没有 title。", "写一个编辑能认出来的标题。"));
        }

        var variables = new Dictionary<string, DeclaredVariable>(StringComparer.Ordinal);
        foreach (var (name, node) in Mapping(root, "variables"))
        {
            if (node is not YamlMappingNode declaration || Scalar(declaration, "type") is not ("text" or "number" or "date" or "boolean"))
            {
                return (null, Fault(node, $"变量 {name} 没有正确的类型。", "写 type: text、number、date 或 boolean，并给出 sample。"));
            }

            variables[name] = new DeclaredVariable(Scalar(declaration, "type")!, Scalar(declaration, "sample") ?? string.Empty);
        }

        var wordings = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, node) in Mapping(root, "wordings"))
        {
            if (node is not YamlSequenceNode { Children.Count: > 0 } phrases || phrases.Any(phrase => phrase is not YamlScalarNode))
            {
                return (null, Fault(node, $"措辞 {name} 没有可选的句子。", "每行以 - 开头写一句。"));
            }

            wordings[name] = [.. phrases.Cast<YamlScalarNode>().Select(phrase => phrase.Value ?? string.Empty)];
        }

        return (new TemplateSource(kind, title, Scalar(root, "productLine"), Scalar(root, "productType"), variables, wordings, body, bodyLine), null);
    }

    public static string NameOf(TemplateKind kind) => kind switch
    {
        TemplateKind.RequestCopy => "request_copy",
        TemplateKind.Welcome => "welcome",
        TemplateKind.Moment => "moment",
        TemplateKind.JoinCopy => "join_copy",
        TemplateKind.GroupPost => "group_post",
        TemplateKind.DirectMessage => "direct_message",
        TemplateKind.Answer => "answer",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static bool TryParseKind(string text, out TemplateKind kind)
    {
        foreach (var candidate in Enum.GetValues<TemplateKind>())
        {
            if (NameOf(candidate) == text)
            {
                kind = candidate;
                return true;
            }
        }

        kind = default;
        return false;
    }

    private static string? Scalar(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var value) && value is YamlScalarNode scalar ? scalar.Value : null;

    private static IEnumerable<(string Name, YamlNode Node)> Mapping(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var value) && value is YamlMappingNode mapping
            ? mapping.Children.Select(pair => (pair.Key.ToString(), pair.Value))
            : [];

    private static TemplateFault Fault(YamlNode node, string message, string remedy) =>
        new((int)node.Start.Line + 1, Math.Max(1, (int)node.Start.Column), message, remedy);
}

/// <param name="Type">text, number, date or boolean.</param>
public sealed record DeclaredVariable(string Type, string Sample);

/// <summary>What is wrong with a template, where, and what to do about it; in the editor's language.</summary>
/// <param name="Line">In the file, from 1.</param>
/// <param name="Column">From 1.</param>
public sealed record TemplateFault(int Line, int Column, string Message, string Remedy)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Line}:{Column} {Message} {Remedy}");
}
