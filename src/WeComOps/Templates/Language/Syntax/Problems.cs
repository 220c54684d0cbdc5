namespace WeComOps.Templates.Language.Syntax;

/// <summary>What can be wrong with the spelling of a template, in the words of a colleague.</summary>
internal static partial class Problems
{
    public static Problem ControlCharacter() =>
        new("control-character", "这里有一个看不见的控制字符", "删掉这个字符，重新输入一遍");

    public static Problem MissingClose() =>
        new("missing-close", "这个代码块没有用 }} 结束", "在代码块末尾补上 }}");

    public static Problem UnclosedText() =>
        new("unclosed-text", "这段文字少了结尾的引号", "在文字末尾补上同样的引号");

    public static Problem BadEscape() =>
        new("bad-escape", "反斜杠后面的写法不认识", "换行写 \\n，引号写 \\\"，反斜杠本身写 \\\\");

    public static Problem BadNumber() =>
        new("bad-number", "这个数字的写法不支持", "写成普通的整数或小数，例如 1000 或 0.001");

    public static Problem UnexpectedCharacter(char c) => c is '“' or '”' or '‘' or '’'
        ? new("chinese-quote", "代码里用了中文引号", "换成英文引号 \" \"")
        : c is '@' or '^' or '&'
            ? Unsupported(c.ToString(), "模板里不能传递函数；需要的内容请放进变量")
            : new Problem("unexpected-character", $"代码里不能出现“{c}”", "删掉它，或换成英文半角符号");

    public static Problem UnexpectedToken(string token) =>
        new("unexpected-token", token.Trim().Length == 0 ? "这里少了内容" : $"这里不应该出现“{token.Trim()}”", "检查前面是否少了引号、括号或运算符");

    public static Problem Expected(string spelling) => spelling == "."
        ? new("expected-name", "点号后面要写成员的名字", "例如 product.name")
        : new Problem("expected-token", $"这里少了“{spelling}”", $"补上“{spelling}”");

    public static Problem Unsupported(string what, string remedy) =>
        new("unsupported", $"模板不支持“{what}”", remedy);

    public static Problem StrayKeyword(string word) =>
        new("stray-keyword", $"这个“{word}”没有对应的开头", "检查 if、case、for、capture 和 end 是否成对");

    public static Problem MissingEnd(string keyword) =>
        new("missing-end", $"这个“{keyword}”没有用 end 结束", "在这一段的末尾补上 {{ end }}");

    public static Problem StatementInCase() =>
        new("statement-in-case", "case 后面要先写 when", "写成 {{ case x }}{{ when 1 }}…{{ else }}…{{ end }}");

    public static Problem ElseIf(string word) =>
        new("else-if", $"“{word}”不是分支，写了也不会执行", "写成 else if");

    public static Problem WordOperator(string word) =>
        new("word-operator", $"“{word}”不是运算符", "并且写 &&，或者写 ||，非写 !");

    public static Problem AssignmentTarget() =>
        new("assignment-target", "只能给普通变量赋值", "先放进自己的变量，例如 x = …");

    public static Problem AssignmentInside() =>
        new("assignment-inside", "这里不能赋值", "比较用 ==；赋值单独写一句");

    public static Problem BadFor() =>
        new("bad-for", "循环写得不完整", "写成 {{ for x in 列表 }}…{{ end }}");

    public static Problem ForOption(string name) =>
        new("for-option", $"循环后面不能写“{name}”", "可以写 limit:2、offset:1 或 reversed");

    public static Problem LoopOverCall() =>
        new("loop-over-call", "循环选项不能紧跟在函数后面", "先把结果放进变量，再循环这个变量");

    public static Problem PipeTarget() =>
        new("pipe-target", "竖线后面要接一个函数", "例如 name | string.upcase；竖线写在行末，不写在行首");

    public static Problem MemberName() =>
        new("member-name", "对象里的成员写法不对", "写成 { title: \"早评\", count: 3 }，名字不重复，最多 100 个，值里不用前面成员的名字");

    public static Problem TooDeep() =>
        new("too-deep", "嵌套太深", $"层数不要超过 {TemplateLimits.Depth}，可以分成几步，用变量存中间结果");
}
