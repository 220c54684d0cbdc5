using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace WeComOps.Templates;

/// <summary>Reads the front matter of a template file. Says everything that is wrong at once, each with line, column and remedy.</summary>
internal static class FrontMatter
{
    private const int LongestFrontMatter = 8192;

    /// <summary>The deepest that is declared: a list of samples of a variable.</summary>
    private const int Deepest = 8;

    public static (TemplateSource? Source, IReadOnlyList<TemplateFault> Faults) Read(string text)
    {
        var lines = text.TrimStart('\ufeff').ReplaceLineEndings("\n").Split('\n');
        if (lines[0].TrimEnd() != "---")
        {
            return (null, [new TemplateFault(1, 1, "文件开头没有说明部分。", "第一行写 ---，然后写 kind、title，再以 --- 结束。")]);
        }

        var end = Array.FindIndex(lines, 1, line => line.TrimEnd() == "---");
        if (end < 0)
        {
            return (null, [new TemplateFault(1, 1, "说明部分没有结束。", "在正文之前单独写一行 ---。")]);
        }

        var matter = string.Join('\n', lines[1..end]);
        if (matter.Length > LongestFrontMatter)
        {
            return (null, [new TemplateFault(2, 1, "说明部分太长。", $"说明部分最多 {LongestFrontMatter} 个字符，措辞每行一句写。")]);
        }

        try
        {
            if (Unbounded(matter) is { } fault)
            {
                return (null, [fault]);
            }

            var yaml = new YamlStream();
            yaml.Load(new StringReader(matter));
            if (yaml.Documents.Count == 0 || yaml.Documents[0].RootNode is not YamlMappingNode root)
            {
                return (null, [new TemplateFault(2, 1, "说明部分是空的。", "至少写 kind 和 title。")]);
            }

            return new FrontMatterReader(root, lines).Build(string.Join('\n', lines[(end + 1)..]), end + 2);
        }
        catch (YamlException exception)
        {
            var line = (int)exception.Start.Line + 1;
            var message = exception.Message.Contains("Duplicate key", StringComparison.OrdinalIgnoreCase) ? "同一个名字写了两次。" : "说明部分不是正确的 YAML。";
            return (null, [new TemplateFault(line, Math.Max(1, (int)exception.Start.Column), message, $"检查第 {line} 行的缩进、冒号和引号。")]);
        }
    }

    /// <summary>
    /// Building the tree of a YAML text recurses, and an alias stands for all that its anchor holds, again and again. Both are refused while
    /// they are still a stream of events, which is read without recursion.
    /// </summary>
    private static TemplateFault? Unbounded(string matter)
    {
        var events = new Parser(new StringReader(matter));
        var depth = 0;
        while (events.MoveNext())
        {
            var current = events.Current!;
            var (line, column) = ((int)current.Start.Line + 1, Math.Max(1, (int)current.Start.Column));
            if (current is AnchorAlias)
            {
                return new TemplateFault(line, column, "说明部分用了 * 引用。", "把内容原样再写一遍。");
            }

            depth += current is MappingStart or SequenceStart ? 1 : current is MappingEnd or SequenceEnd ? -1 : 0;
            if (depth > Deepest)
            {
                return new TemplateFault(line, column, "说明部分嵌套太多。", "照说明文档的写法，措辞每行一句写。");
            }
        }

        return null;
    }
}
