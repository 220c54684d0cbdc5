namespace WeComOps.Tests.Templates.Language;

internal sealed partial class TemplateGrammar
{
    private string Any() => Pick(10) switch
    {
        0 => Text(),
        1 => Number(),
        2 => Bool(),
        3 => Date(),
        4 => One("nil", "null", "o.nil", "o.missing", "nil?.x", "tags[9]", "({ a: 1, \"b\": [name] }).b[0]", "{ k: { v: n } }.k.v"),
        5 => One("include \"s\"", "include \"t\" 1", "include 't' name"),
        6 => List() is var list ? $"({list}){One("[0]", "[-1]", "[n]", ".size", "[9]")}" : string.Empty,
        7 => Pick(2) == 0 ? List() : $"({List()} | array.{One("first", "last", "size")})",
        8 when _loops.Count > 0 => $"for.{One("index", "first", "last", "even", "odd", "length", "rindex", "changed")}",
        _ when _loops.Count > 0 => _loops[^1] switch { (var item, 'i') => item + One(".title", ".rate", ".hot"), (var item, _) => item },
        _ => Text(),
    };

    private string Text() => Nested(
        () => Pick(22) switch
        {
            0 => One("\"甲\"", "'a b'", "`x\\n`", "\"\"", "\"一\\n 二\"", "\" \\t\"", "\"1,2,,3\"", "\"aXa\"", "\"é\"", "\"0\"", "\"1.5\""),
            1 => One("name", "empty_s", "emo", "lines", "word", "o.b.c", "o[\"b\"].c", "items[0].title", "tags[1]", "tags[-1]", "(tags)[0]"),
            2 => Named('t') ?? "name",
            3 => Named('c') ?? "name",
            4 => $"{Text()} + {Any()}",
            5 => $"{Any()}+{Text()}",
            6 => $"{Text()} * {Number()}",
            7 => $"({Bool()} ? {Text()} : {Text()})",
            8 => $"({One("nil", "name", "o.nil")} ?? {Text()})",
            9 => $"({Any()} | string.{One("append", "prepend")} {Argument('t')})",
            10 => $"({Text()} | string.{One("upcase", "downcase", "capitalize", "capitalizewords", "strip", "lstrip", "rstrip", "strip_newlines", "escape", "literal", "handleize")})",
            11 => $"({Text()} | string.{One("slice", "slice1")} {Argument('n')} {Argument('n')})",
            12 => $"({Text()} | string.truncate {Argument('n')}{One("", " \"…\"")})",
            13 => $"({Text()} | string.truncatewords {Argument('n')}{One("", " \"…\"")})",
            14 => $"({Text()} | string.{One("replace", "replace_first")} {Argument('t')} {Argument('t')})",
            15 => $"({Text()} | string.{One("remove", "remove_first", "remove_last")} {Argument('t')})",
            16 => $"({Any()} | string.{One("pad_left", "pad_right")} {Argument('n')})",
            17 => $"({List()} | array.join {Argument('t')})",
            18 => $"({Date()} | date.to_string {One("\"%F\"", "\"%Y年%m月%d日\"", "\"%e|%k|%l|%I%p%P\"", "\"%j %U %W %V %u %w\"", "\"%c %D %x %X %r %v\"", "\"%s %L %N %h %C %y %%\"", "\"周%a%%\"", "name")})",
            19 => $"({Number()} | math.format {One("\"F2\"", "\"#,##0.00\"", "\"0\"", "\"000\"", "\"0.#\"", "\"P1\"", "\"N0\"", "\"E2\"", "\"G3\"", "\"C\"", "\"X\"", "\"D4\"", "\"0%\"", "\"\"")})",
            20 => $"({Any()} | object.{One("default", "default", "typeof")}{(Pick(3) == 2 ? string.Empty : " " + Argument('t'))})",
            _ => $"(string.pluralize {Argument('n')} {Argument('t')} {Argument('t')})",
        },
        "name");

    private string Number() => Nested(
        () => Pick(18) switch
        {
            16 => $"({Text()} | string.index_of {Argument('t')})",
            0 => One("1", "0", "2", "7", "100", "1.5", "2.50", "0.1", "12m", "1.10m", "1e3", "1.5e-3", "123456789012", "2147483647", "0x1F", "-1", "-2.5", "1_000", "3d"),
            1 => One("n", "zero", "neg", "big", "price", "amt", "nums[0]", "nums[-1]", "items[1].rate", "o.a", "halves[0]"),
            2 => Named('n') ?? "n",
            3 => $"{Number()}{One(" + ", "+", " - ", "-", " -", " * ", " / ", " // ", " % ")}{Number()}",
            4 => $"({Number()}{One(" + ", " - ", " * ", " / ", " // ", " % ")}{Number()})",
            5 => $"-{Number()}",
            6 => $"({Number()} | math.{One("abs", "ceil", "floor", "round")})",
            7 => $"({Number()} | math.round {One("0", "1", "2", "3")})",
            8 => $"({Number()} | math.{One("plus", "minus", "times", "divided_by", "modulo")} {Argument('n')})",
            9 => One("name.size", "tags.size", "d.year", "d.month", "d.day", "d.hour", "d.minute", "d.second", "d.day_of_year", "none.size"),
            10 => $"({Text()} | string.{One("size", "to_int", "to_long", "to_double")})",
            11 => $"({List()} | array.size)",
            12 => $"({One("nil", "n", "o.nil")} ?? {Number()})",
            13 => $"({Bool()} ? {Number()} : {Number()})",
            14 => $"({(Pick(2) == 0 ? One("o", "tags", "name", "nil") : List())} | object.size)",
            15 => $"(math.{One("plus", "minus", "times")} {Argument('n')} {Argument('n')})",
            _ => _loops.Count > 0 ? One("for.index", "for.rindex", "for.length") : Named('l') is { } list ? list + One(".size", "[0]") : "n",
        },
        "n");

    private string Bool() => Nested(
        () => Pick(15) switch
        {
            0 => One("yes", "no", "true", "false", "items[0].hot", "tags.empty?", "o.b.empty?", "empty_s.empty?"),
            1 => Named('b') ?? "yes",
            2 => $"{Number()} {One("==", "!=", "<", "<=", ">", ">=")} {Number()}",
            3 => $"{Text()} {One("==", "!=", "<", "<=", ">", ">=")} {Text()}",
            4 => $"({Bool()} {One("&&", "||")} {Bool()})",
            5 => $"{Bool()} {One("&&", "||")} {Bool()}",
            6 => $"!{One("yes", "no", "name", "nil", "zero", "empty_s", "(n > 2)")}",
            7 => $"!({Bool()})",
            8 => $"{Any()} {One("==", "!=")} {One("null", "nil")}",
            9 => $"({Text()} | string.{One("contains", "starts_with", "ends_with", "equals_ignore_case")} {Argument('t')})",
            10 => $"({Text()} | string.{One("empty", "whitespace")})",
            11 => $"({List()} | array.contains {Argument('a')})",
            12 => $"(o | object.{One("has_key", "has_value")} {One("\"a\"", "\"nil\"", "\"zz\"")})",
            13 => $"{Date()} {One("==", "<", ">=")} {Date()}",
            _ => $"({Any()} | math.is_number)",
        },
        "yes");

    private string Date() => Nested(
        () => Pick(3) switch
        {
            0 => One("d", "d", "d.date", "(date.parse \"2026-01-31\")", "(date.parse \"2024-02-29 23:59:58\")", "(date.parse \"2026/1/2\")", "(date.parse \"9 Nov 2026\")"),
            _ => $"({Date()} | date.{One("add_days", "add_hours", "add_minutes", "add_seconds", "add_months", "add_years", "add_milliseconds")} {Argument('n')})",
        },
        "d");

    private string List() => Nested(
        () => Pick(10) switch
        {
            0 => One("tags", "nums", "halves", "none", "items", "[]", "[3, 1, 2]", "[\"b\", \"a\"]", "[1.5, 0.5]", "[null, 1]", "[[1, 2], []]", "[true, false]", "nil", "(1..4)", "o"),
            1 => Named('l') ?? "tags",
            2 => $"[{string.Join(", ", Several(3, Any))}]",
            3 => $"({List()} | array.{One("sort", "reverse", "compact", "uniq")})",
            4 => $"({List()} | array.{One("limit", "offset", "remove_at")} {Argument('n')})",
            5 => $"({List()} | array.{One("concat", "add_range")} {One("tags", "none", "[7]", "nil")})",
            6 => $"({List()} | array.add {Argument('a')})",
            7 => $"({List()} | array.insert_at {Argument('n')} {Argument('a')})",
            8 => $"(items | array.{One("map \"title\"", "sort \"rate\"", "map \"rate\"", "sort \"title\"", "map \"zz\"")})",
            _ => $"({Text()} | string.split {Argument('t')})",
        },
        "tags");

    /// <summary>An argument stands in brackets unless it is one word.</summary>
    private string Argument(char type)
    {
        if (Pick(8) == 7)
            type = 'a';
        return type switch
        {
            't' => Pick(2) == 0 ? One("\"a\"", "\"\"", "\"、\"", "\",\"", "name", "\"三\"", "'l'") : $"({Text()})",
            'n' => Pick(3) == 2 ? $"({Number()})" : One("1", "0", "2", "3", "5", "(-1)", "(-2)", "n", "40"),
            _ => $"({Any()})",
        };
    }
}
