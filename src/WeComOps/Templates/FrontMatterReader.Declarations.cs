using System.Globalization;
using WeComOps.Media;
using WeComOps.Templates.Language.BuiltIns;
using YamlDotNet.RepresentationModel;

namespace WeComOps.Templates;

/// <summary>The declarations: variables, market facts, wordings, variants, exemptions.</summary>
internal sealed partial class FrontMatterReader
{
    private const int DefaultMaxAgeDays = 4;
    private static readonly string[] Given = ["advisor", "segment", "customer", "market", "product", "link", "today", "variant", "risk_text"];

    private static readonly string[] Keywords =
        ["if", "else", "end", "for", "in", "case", "when", "capture", "break", "continue", "include", "while", "func", "ret", "import", "with", "wrap", "readonly", "tablerow", "do",
            "and", "or", "not", "true", "false", "null", "this", "empty", "blank"];

    private Dictionary<string, DeclaredVariable> Variables()
    {
        var variables = new Dictionary<string, DeclaredVariable>(StringComparer.Ordinal);
        foreach (var (name, key, node) in Mapping("variables"))
        {
            var type = node is YamlMappingNode declaration ? Scalar(declaration, "type") : null;
            if (type is not ("text" or "number" or "date" or "boolean" or "list"))
            {
                Refuse(node, $"变量 {name} 没有正确的类型。", "写 type: text、number、date、boolean 或 list，并给出 sample。");
            }
            else if (CheckName(name, key) && SampleOf(name, (YamlMappingNode)node, type) is { } sample && MaxOf(name, (YamlMappingNode)node, sample) is { } max)
            {
                variables[name] = new DeclaredVariable(type, sample, max);
                Keep("variables." + name, Node((YamlMappingNode)node, "sample"));
            }
        }

        return variables;
    }

    private int? MaxOf(string name, YamlMappingNode declaration, string sample)
    {
        var max = DeclaredVariable.DefaultMax;
        if (Scalar(declaration, "max") is { } written && (!int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out max) || max is < 1 or > DeclaredVariable.HighestMax))
        {
            Refuse(Node(declaration, "max"), $"变量 {name} 的 max 是“{written}”。", $"写 1 到 {DeclaredVariable.HighestMax}：填写时最多多少字。再长的内容写进正文，由审核人看过。");
            return null;
        }

        if (sample.Length > max && Scalar(declaration, "type") is "text" or "list")
        {
            Refuse(Node(declaration, "sample"), $"变量 {name} 的 sample 有 {sample.Length} 字，最多填 {max} 字。", $"把示例写短，或写 max（最多 {DeclaredVariable.HighestMax}）。");
            return null;
        }

        return max;
    }

    private string? SampleOf(string name, YamlMappingNode declaration, string type)
    {
        var sample = type == "list" && Node(declaration, "sample") is YamlSequenceNode items
            ? string.Join('\n', items.Children.OfType<YamlScalarNode>().Select(item => item.Value))
            : Scalar(declaration, "sample");
        if (TemplateModels.Fits(type, sample))
        {
            return sample;
        }

        Refuse(Node(declaration, "sample"), $"变量 {name} 的 sample 是“{sample}”，不是 {type}。", type switch
        {
            "number" => "写一个数字，例如 sample: \"3.25\"。",
            "date" => "写一个日期，例如 sample: \"2026-11-09\"。",
            "boolean" => "写 true 或 false。",
            "list" => "每行以 - 开头写一项。",
            _ => "写一个真实的示例值，预览和检查都用它。",
        });
        return null;
    }

    private Dictionary<string, DeclaredFact> Market()
    {
        var facts = new Dictionary<string, DeclaredFact>(StringComparer.Ordinal);
        foreach (var (name, _, node) in Mapping("market"))
        {
            var mapping = node as YamlMappingNode;
            var (type, sample, source) = mapping is null ? (null, null, null) : (Scalar(mapping, "type") ?? "text", Scalar(mapping, "sample"), Scalar(mapping, "source"));
            var at = default(DateTime);
            var age = DefaultMaxAgeDays;
            if (mapping is null || sample is null || type is not ("text" or "number") || string.IsNullOrEmpty(source)
                || !TemplateModels.Fits(type, sample) || !TemplateModels.IsDate(Scalar(mapping, "at"), out at)
                || (Scalar(mapping, "maxAgeDays") is { } days && (!int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out age) || age is < 1 or > 366)))
            {
                Refuse(node, $"行情数据 {name} 没有写全。", "写 { type: number, sample: \"932.40\", source: 上海黄金交易所, at: 2026-11-09T15:30:00 }；type 为 text 或 number，maxAgeDays 为 1 到 366。");
                continue;
            }

            var unit = Scalar(mapping, "unit") is { Length: > 0 } written ? written : null;
            facts[name] = new DeclaredFact(type, sample, source, at, age, unit);
            Keep($"market.{name}.value", Node(mapping, "sample"));
            Keep($"market.{name}.source", Node(mapping, "source"));
            Keep($"market.{name}.at", Node(mapping, "at"));
            Keep($"market.{name}.unit", Node(mapping, "unit"));
        }

        return facts;
    }

    private Dictionary<string, IReadOnlyList<string>> Wordings()
    {
        var wordings = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, key, node) in Mapping("wordings"))
        {
            if (node is not YamlSequenceNode { Children.Count: > 0 } phrases || phrases.Any(phrase => phrase is not YamlScalarNode))
            {
                Refuse(node, $"措辞 {name} 没有可选的句子。", "每行以 - 开头写一句。");
                continue;
            }

            CheckName(name, key);
            foreach (var (phrase, index) in phrases.Cast<YamlScalarNode>().Select((phrase, index) => (phrase, index)))
            {
                Keep(string.Create(CultureInfo.InvariantCulture, $"wordings.{name}.{index}"), phrase);
                if (phrase.Value?.Contains("{{", StringComparison.Ordinal) == true)
                {
                    Refuse(phrase, $"措辞 {name} 里的 {{{{ }}}} 不会被替换。", "措辞只写固定的字句，变量写在正文里。");
                }
            }

            wordings[name] = [.. phrases.Cast<YamlScalarNode>().Select(phrase => phrase.Value ?? string.Empty)];
        }

        return wordings;
    }

    private List<KeyValuePair<string, string>> Variants()
    {
        var variants = new List<KeyValuePair<string, string>>();
        foreach (var (name, key, node) in Mapping("variants"))
        {
            if (node is not YamlScalarNode { Value.Length: > 0 } about || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)))
            {
                Refuse(key, $"变体 {name} 没有写对。", "写成 名字: 想试什么，名字用小写字母和数字，例如 short: 只说数字。");
                continue;
            }

            variants.Add(new(name, about.Value));
        }

        if (variants.Count == 1)
        {
            Refuse(Node(root, "variants"), "只有一个变体，没有可比的。", "至少写两个，或去掉 variants。");
        }

        return variants;
    }

    private List<string> Images()
    {
        var node = Node(root, "images");
        if (ReferenceEquals(node, root))
        {
            return [];
        }

        if (node is not YamlSequenceNode { Children.Count: > 0 } items || items.Any(item => item is not YamlScalarNode { Value.Length: > 0 }))
        {
            Refuse(node, "images 没有写对。", "每行以 - 开头写一张图片的编号或文件名，图片先在“图片”页上传。");
            return [];
        }

        if (items.Children.Count > PictureLimits.MostInOnePost)
        {
            Refuse(node, $"images 有 {items.Children.Count} 张。", $"企业微信一次最多 {PictureLimits.MostInOnePost} 张，去掉几张。");
        }

        foreach (var (item, number) in items.Select((item, number) => (item, number)))
        {
            Keep(string.Create(CultureInfo.InvariantCulture, $"images.{number}"), item);
        }

        return [.. items.Cast<YamlScalarNode>().Select(item => item.Value!.Trim())];
    }

    private DeclaredCard? Card()
    {
        if (Node(root, "card") is not { } node || ReferenceEquals(node, root))
        {
            return null;
        }

        string[] keys = ["title", "description", "cover"];
        if (node is not YamlMappingNode mapping || Scalar(mapping, "title") is not { Length: > 0 } title
            || mapping.Children.Any(child => !keys.Contains(child.Key.ToString(), StringComparer.Ordinal) || child.Value is not YamlScalarNode { Value.Length: > 0 }))
        {
            Refuse(node, "card 没有写对。", "写 card: { title: 标题, description: 说明, cover: 图片编号或文件名 }；description 和 cover 可以不写。");
            return null;
        }

        foreach (var (key, value) in mapping.Children)
        {
            Keep("card." + key, value);
            if (((YamlScalarNode)value).Value!.Contains("{{", StringComparison.Ordinal))
            {
                Refuse(value, $"card 的 {key} 里的 {{{{ }}}} 不会被替换。", "图文链接对所有人一样，只写固定的字句。");
            }
        }

        return new DeclaredCard(title, Scalar(mapping, "description"), Scalar(mapping, "cover")?.Trim());
    }

    private List<RegisteredExemption> Exemptions()
    {
        var exemptions = new List<RegisteredExemption>();
        var node = Node(root, "exemptions");
        if (ReferenceEquals(node, root))
        {
            return exemptions;
        }

        foreach (var item in node is YamlSequenceNode items ? items.Children : [node])
        {
            if (item is YamlMappingNode mapping && Scalar(mapping, "rule") is { Length: > 0 } rule && Scalar(mapping, "text") is { Length: > 0 } text
                && Scalar(mapping, "reason") is { Length: > 0 } reason && Scalar(mapping, "registration") is { Length: > 0 } registration)
            {
                Keep(string.Create(CultureInfo.InvariantCulture, $"exemptions.{exemptions.Count}"), item);
                exemptions.Add(new RegisteredExemption(rule, text, reason, registration));
            }
            else
            {
                Refuse(item, "豁免没有写全。", "每条写 rule（规则编号）、text（放行的原文）、reason（理由）、registration（合规登记号）。");
            }
        }

        return exemptions;
    }

    private bool CheckName(string name, YamlNode key)
    {
        if (name.Length == 0 || !(char.IsLetter(name[0]) || name[0] == '_') || !name.All(letter => char.IsLetterOrDigit(letter) || letter == '_'))
        {
            Refuse(key, $"“{name}”不能作名字。", "名字用字母、数字和下划线，以字母开头，例如 gold_close。");
            return false;
        }

        if (Keywords.Contains(name, StringComparer.Ordinal) || Given.Contains(name, StringComparer.Ordinal) || Functions.Reserved.Contains(name))
        {
            Refuse(key, $"“{name}”已有别的意思，不能再作名字。", "换一个名字。");
            return false;
        }

        if (_names.Add(name))
        {
            return true;
        }

        Refuse(key, $"“{name}”在变量、措辞和片段里有两处。", "其中一个换一个名字。");
        return false;
    }

    private IEnumerable<(string Name, YamlNode Key, YamlNode Node)> Mapping(string key)
    {
        var node = Node(root, key);
        if (ReferenceEquals(node, root))
        {
            return [];
        }

        if (node is YamlMappingNode mapping)
        {
            return mapping.Children.Select(pair => (pair.Key.ToString(), pair.Key, pair.Value));
        }

        Refuse(node, $"{key} 下面没有内容。", $"在 {key}: 下一行缩进两格写“名字: 内容”，或去掉这一项。");
        return [];
    }
}
