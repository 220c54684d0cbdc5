using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace WeComOps.Templates;

/// <summary>The snippets: texts of the front matter that the body includes.</summary>
internal sealed partial class FrontMatterReader
{
    /// <summary>What is longer is a template.</summary>
    private const int LargestSnippet = 4 * 1024;

    private Dictionary<string, string> Snippets()
    {
        var snippets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, key, node) in Mapping("snippets"))
        {
            if (node is not YamlScalarNode scalar || string.IsNullOrWhiteSpace(scalar.Value))
            {
                Refuse(node, $"片段 {name} 里没有文字。", $"写 {name}: |，下一行缩进写字句和 {{{{ 值 }}}}。");
                continue;
            }

            // The line break that ends a block of YAML would print an empty line wherever the snippet stands in a line of its own.
            var text = scalar.Value!.ReplaceLineEndings("\n").TrimEnd('\n');
            if (Encoding.UTF8.GetByteCount(text) is > LargestSnippet and var bytes)
            {
                Refuse(node, $"片段 {name} 有 {bytes} 字节，最多 {LargestSnippet} 字节。", "分成几个片段，或写进正文。");
            }
            else if (CheckName(name, key))
            {
                snippets[name] = text;
                KeepLines(TemplateSource.SnippetPath(name), scalar, text.Split('\n'));
            }
        }

        return snippets;
    }

    /// <summary>The text of a literal block begins on the next line and each of its lines is indented alike; of any other value only its beginning is certain.</summary>
    private void KeepLines(string path, YamlScalarNode scalar, string[] written)
    {
        Keep(path, scalar);
        var first = LineOf(scalar) + 1;
        if (scalar.Style != ScalarStyle.Literal || first - 1 + written.Length > lines.Length)
        {
            return;
        }

        var filled = Array.FindIndex(written, line => line.Length > 0);
        var indent = lines[first - 1 + filled].Length - written[filled].Length;
        if (written.Zip(lines.Skip(first - 1)).All(pair => pair.First.Length == 0 || (pair.Second.Length == indent + pair.First.Length && pair.Second.EndsWith(pair.First, StringComparison.Ordinal))))
        {
            _places[path] = new Place(first, indent + 1, Literal: false, Block: true);
        }
    }
}
