namespace WeComOps.Templates.Language.Syntax;

/// <summary>What can be wrong with the data or with the work that a template asks for.</summary>
internal static partial class Problems
{
    public static Problem SourceTooLong() =>
        new("source-too-long", "模板太长", "模板和它引用的片段请控制在 16 KB 以内");

    public static Problem OutputTooLong() =>
        new("output-too-long", "生成的内容太长", "内容请控制在 16 KB 以内，可以用 limit 限制条数");

    public static Problem TextTooLong() =>
        new("text-too-long", "中间结果的文字太长", "文字请控制在 16 KB 以内");

    public static Problem TooManySteps() =>
        new("too-many-steps", "模板的计算量太大", "减少循环的层数或条数");

    public static Problem TooManyIterations() =>
        new("too-many-iterations", "循环次数太多", $"一组循环合计不超过 {TemplateLimits.LoopIterations} 次，可以用 limit 限制条数");

    public static Problem NumberTooLarge() =>
        new("number-too-large", "计算结果超出了数字的范围", "检查参与计算的数字");

    public static Problem DivisionByZero() =>
        new("division-by-zero", "除数是 0", "先判断除数，例如 {{ if n != 0 }}…{{ end }}");

    public static Problem IntegerDivision() =>
        new("integer-division", "// 只能用于整数", "小数相除用 /，取整用 math.floor 或 math.round");

    public static Problem WholeList() =>
        new("whole-list", "不能直接输出整个列表", "用 array.join 连接，例如 tags | array.join \"、\"，或用 for 循环");

    public static Problem WholeObject() =>
        new("whole-object", "不能直接输出整个对象", "输出它的成员，例如 product.name");

    public static Problem NotComparable() =>
        new("not-comparable", "这两个值不是同一类，不能比较", "文字和文字比，数字和数字比；数字文本先用 string.to_int 转成数字");

    public static Problem NullArithmetic() =>
        new("null-arithmetic", "参与计算的值是空的", "先给默认值，例如 (x ?? 0) + 1");

    public static Problem NotANumber() =>
        new("not-a-number", "这里需要数字", "检查变量的类型，文字可以用 string.to_int 转成数字");

    public static Problem NullMember() =>
        new("null-member", "这个对象是空的，没有成员", "写成 ?. 或先判断是否为空");

    public static Problem WrongArgument(string parameter, string expected) =>
        new("wrong-argument", $"参数“{parameter}”需要{expected}", $"换成{expected}");

    public static Problem BadIndex() =>
        new("bad-index", "这里不能用这个下标", "列表用整数下标，对象用成员的名字");

    public static Problem NotAList() =>
        new("not-a-list", "只能循环列表", "检查变量的类型");

    public static Problem BadLimit() =>
        new("bad-limit", "limit 和 offset 要写正整数", "limit 从 1 开始；不限制就不要写");

    public static Problem CutsCharacter() =>
        new("cuts-character", "这样会把一个表情或字符截成两半", "长度加 1 或减 1，避开表情");

    public static Problem BadFormat() =>
        new("bad-format", "这个格式不适用于这个值", "小数用 \"0.00\"，千分位用 \"#,##0.00\"，整数用 \"0\"");

    public static Problem DateFormat(string code) =>
        new("date-format", $"日期格式里的“%{code}”不认识", "年 %Y 月 %m 日 %d 时 %H 分 %M；月份不补零用 date.month，日用 date.day");

    public static Problem UnreadableDate() =>
        new("unreadable-date", "这段文字不是可以识别的日期", "写成 2026-11-09 或 2026-11-09 08:05，不带时区");

    public static Problem DateRange() =>
        new("date-range", "日期超出了范围", "检查加减的数量");

    public static Problem MixedSort() =>
        new("mixed-sort", "列表里的值不是同一类，不能排序", "让它们都是整数、都是小数或都是文字");

    public static Problem NotBoolean() =>
        new("not-boolean", "这里的 || 或 && 只会得到 true 或 false，不会得到值", "默认值写 ??，例如 name ?? \"客户\"，或 name | object.default \"客户\"");

    public static Problem CapturedValue() =>
        new("captured-value", "capture 得到的内容在这里不能当文字用", "先接上空文字，例如 (x + \"\")");

    public static Problem Unassigned(string name) =>
        new("unassigned", $"执行到这里时“{name}”还没有值", $"在条件之前先写 {name} = 默认值");

    public static Problem MissingVariable(string name) =>
        new("missing-variable", $"缺少变量“{name}”的值", "补上这个变量的数据，再生成内容");

    public static Problem WrongVariable(string name) =>
        new("wrong-variable", $"变量“{name}”的值和声明的类型不一致", "改正数据，或改正变量的声明");
}
