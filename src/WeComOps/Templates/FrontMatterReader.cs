using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace WeComOps.Templates;

/// <summary>From the YAML of the front matter to what a template declares.</summary>
/// <param name="lines">Of the file.</param>
internal sealed partial class FrontMatterReader(YamlMappingNode root, string[] lines)
{
    private static readonly string[] Keys =
        ["kind", "title", "productLine", "productType", "product", "audience", "variables", "market", "wordings", "snippets", "variants", "expires", "riskText", "images", "card", "exemptions"];

    private static readonly string[] ProductTypes = ["deposit", "wealth", "fund", "insurance", "loan", "precious_metal", "none"];

    private readonly List<TemplateFault> _faults = [];
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <summary>All names that the text can use, to find one that is declared twice.</summary>
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public (TemplateSource? Source, IReadOnlyList<TemplateFault> Faults) Build(string body, int bodyLine)
    {
        CheckKeys();
        var kindText = Scalar(root, "kind");
        if (kindText is null || !TemplateSource.TryParseKind(kindText, out var kind))
        {
            Refuse(Node(root, "kind"), $"kind 是“{kindText}”。", "写 request_copy、welcome、moment、join_copy、group_post、direct_message、answer 之一。");
            kind = default;
        }

        if (Scalar(root, "title") is not { Length: > 0 } title)
        {
            Refuse(Node(root, "title"), "没有 title。", "写一个编辑能认出来的标题。");
            title = string.Empty;
        }

        var productType = Scalar(root, "productType");
        if (productType is not null && !ProductTypes.Contains(productType, StringComparer.Ordinal))
        {
            Refuse(Node(root, "productType"), $"productType 是“{productType}”。", $"写 {string.Join("、", ProductTypes)} 之一；不涉及产品写 none。");
        }

        var source = new TemplateSource(kind, title, Scalar(root, "productLine"), productType, Variables(), Wordings(), body, bodyLine)
        {
            Audience = Filled("audience", "写客群，例如 26至45岁代发客户。"),
            RiskText = Filled("riskText", "写必须原样出现的风险提示语。"),
            Expires = Expires(),
            Product = Product(),
            Market = Market(),
            Snippets = Snippets(),
            Variants = Variants(),
            Images = Images(),
            Card = Card(),
            Exemptions = Exemptions(),
            Places = _places,
        };
        return _faults.Count == 0 ? (source, []) : (null, [.. _faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)]);
    }

    private void CheckKeys()
    {
        foreach (var key in root.Children.Keys.Where(key => !Keys.Contains(key.ToString(), StringComparer.Ordinal)))
        {
            var near = Keys.FirstOrDefault(known => string.Equals(known, key.ToString().Replace("_", string.Empty, StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
            Refuse(key, $"说明部分没有“{key}”这一项。", near is null ? $"可以写的有：{string.Join("、", Keys)}。" : $"写成 {near}。");
        }
    }

    private string? Filled(string key, string remedy)
    {
        if (Node(root, key) is not { } node || ReferenceEquals(node, root))
        {
            return null;
        }

        if (node is not YamlScalarNode { Value.Length: > 0 } scalar)
        {
            Refuse(node, $"{key} 是空的。", remedy);
            return null;
        }

        Keep(key, scalar);
        return scalar.Value!.Trim();
    }

    private DateOnly? Expires()
    {
        if (Filled("expires", "写最后可以发送的日期，例如 2026-12-31。") is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        Refuse(Node(root, "expires"), $"expires 是“{text}”。", "日期写成 2026-12-31。");
        return null;
    }

    private DeclaredProduct? Product()
    {
        if (Node(root, "product") is not { } node || ReferenceEquals(node, root))
        {
            return null;
        }

        if (node is not YamlMappingNode mapping || Scalar(mapping, "name") is not { Length: > 0 } name)
        {
            Refuse(node, "product 没有 name。", "写 product: { name: 产品名称, riskLevel: R2 }；没有风险等级的产品不写 riskLevel。");
            return null;
        }

        var level = Scalar(mapping, "riskLevel");
        if (level is not (null or "R1" or "R2" or "R3" or "R4" or "R5"))
        {
            Refuse(Node(mapping, "riskLevel"), $"riskLevel 是“{level}”。", "写 R1 到 R5。");
        }

        Keep("product.name", Node(mapping, "name"));
        Keep("product.risk_level", Node(mapping, "riskLevel"));
        return new DeclaredProduct(name, level);
    }

    private void Keep(string path, YamlNode node)
    {
        // Quoted values begin behind the quote; where escapes, folding or blocks change the characters, only the start is certain.
        var quoted = node is YamlScalarNode { Style: ScalarStyle.DoubleQuoted or ScalarStyle.SingleQuoted };
        var width = node.End.Column - node.Start.Column - (quoted ? 2 : 0);
        var literal = node is YamlScalarNode { Value: { } value } && node.Start.Line == node.End.Line && width == value.Length;
        _places[path] = new Place(LineOf(node), ColumnOf(node) + (quoted ? 1 : 0), literal);
    }

    private void Refuse(YamlNode node, string message, string remedy) => _faults.Add(new TemplateFault(LineOf(node), ColumnOf(node), message, remedy));

    private static int LineOf(YamlNode node) => (int)node.Start.Line + 1;

    private static int ColumnOf(YamlNode node) => Math.Max(1, (int)node.Start.Column);

    /// <summary>The value of a key, or the mapping itself when the key is missing: somewhere to point at.</summary>
    private static YamlNode Node(YamlMappingNode mapping, string key) => mapping.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : mapping;

    private static string? Scalar(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var value) && value is YamlScalarNode scalar ? scalar.Value : null;
}
