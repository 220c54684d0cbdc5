namespace WeComOps.Templates.Language.Syntax;

/// <summary>What can be wrong with the meaning of a template, before any data is known.</summary>
internal static partial class Problems
{
    public static Problem UnknownVariable(string name, IEnumerable<string> known) =>
        new("unknown-variable", $"没有声明变量“{name}”", Suggest(name, known, "在开头声明这个变量，或检查名字的拼写"));

    public static Problem UnknownMember(string name, IEnumerable<string> known) =>
        new("unknown-member", $"没有成员“{name}”", Suggest(name, known, "检查成员的名字和变量的类型"));

    public static Problem UnknownFunction(string name, IEnumerable<string> known) =>
        new("unknown-function", $"没有函数“{name}”", Suggest(name, known, "检查函数的名字，可用的函数见模板说明"));

    public static Problem UnknownSnippet(string name, IEnumerable<string> known) =>
        new("unknown-snippet", $"没有片段“{name}”", Suggest(name, known, "先提交这个片段并通过审核"));

    public static Problem NotAFunction() =>
        new("not-a-function", "这里不是函数，后面不能直接跟内容", "检查是否少了运算符、逗号或引号");

    public static Problem FunctionAsValue(string name) =>
        new("function-as-value", $"函数“{name}”缺少参数", "写成 值 | 函数 参数，例如 name | string.truncate 8");

    public static Problem Clock() =>
        new("clock", "模板里没有时钟", "把需要的日期声明为变量");

    public static Problem ReservedVariable(string name) =>
        new("reserved-name", $"“{name}”是函数组的名字，不能当变量", $"给变量换个名字，例如 {name}_value");

    public static Problem LoopVariableAssigned(string name) =>
        new("loop-variable", $"不能给循环变量“{name}”赋值", "换一个变量名");

    public static Problem LoopMember(string? name) => name is null
        ? new("for-outside", "for.index 这类写法只能用在循环里面", "放到 {{ for }} 和 {{ end }} 之间")
        : new Problem("unknown-member", $"循环没有“{name}”", "可以用 for.index、for.first、for.last、for.length、for.rindex、for.even、for.odd、for.changed");

    public static Problem JumpOutside() =>
        new("jump-outside", "break 和 continue 只能用在循环里面", "删掉它，或放进循环");

    public static Problem ArgumentCount(string signature) =>
        new("argument-count", "参数的个数不对", $"用法：{signature}");

    public static Problem NamedArgument(string name, string signature) =>
        new("named-argument", $"没有名为“{name}”的参数", $"用法：{signature}");

    public static Problem NegativeArgument() =>
        new("negative-argument", "减号在这里是减法，不是负数", "负数参数加括号，例如 string.slice (-2)");

    public static Problem SnippetName() =>
        new("snippet-name", "include 后面要写片段的名字", "写成 include \"签名\"");

    public static Problem SnippetLoop(string name) =>
        new("snippet-loop", $"片段“{name}”引用了自己", "去掉这个引用");

    public static Problem SnippetLogic() =>
        new("snippet-logic", "片段里只写字句和 {{ 值 }}", "把条件、循环、赋值和别的片段写到正文里，片段可以分成几个");

    public static Problem SnippetArgument() =>
        new("snippet-argument", "$1 这类参数只能用在片段里", "改用变量");

    public static Problem BadRange() =>
        new("bad-range", "范围要用两个整数，从小到大", $"写成 1..5，最多 {TemplateLimits.RangeElements} 个；次数不固定时循环列表");

    public static Problem HtmlOnly(string name) =>
        new("html-only", $"“{name}”只用于网页，客户会看到 &lt; 这样的字符", "企业微信的内容是纯文本，直接输出变量即可");

    private static string Suggest(string name, IEnumerable<string> known, string otherwise)
    {
        // One letter is nothing to guess from; a swap of two letters counts as two edits.
        var tolerated = name.Length switch { 1 => 0, <= 3 => 1, _ => Math.Max(2, name.Length / 3) };
        var best = known
            .Select(candidate => (Candidate: candidate, Distance: Distance(name, candidate)))
            .Where(pair => pair.Distance <= tolerated)
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();
        return best is null ? otherwise : $"是不是想写“{best}”";
    }

    /// <summary>Edits between two names; names are cut at 32 characters, so a source full of errors stays cheap.</summary>
    private static int Distance(string left, string right)
    {
        if (left.Length > 32 || right.Length > 32)
            return int.MaxValue;
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
