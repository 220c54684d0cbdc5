namespace WeComOps.Tests.Templates.Language;

/// <summary>
/// Writes templates that are mostly accepted, as a stream of choices tells it. The first alternative is always the simplest one and holds
/// when the choices are used up, so every stream ends in a template and a shorter stream in a simpler one.
/// </summary>
internal sealed partial class TemplateGrammar
{
    /// <summary>The data that the names of the templates mean.</summary>
    public const string Model = """
        {"name":"王芳","empty_s":"","emo":"a😀b","lines":"一\n 二\n\n三","word":"Hello wOrld","n":3,"zero":0,"neg":-7,"big":12345678901,"price":12.5,"yes":true,"no":false,
        "nil":null,"tags":["理财","保险","贷款"],"nums":[5,3,9,1],"halves":[2.5,1.5,0.25],"none":[],"o":{"a":1,"b":{"c":"深"},"nil":null},
        "items":[{"title":"稳健一号","rate":3.25,"hot":true},{"title":"安心二号","rate":2.85,"hot":false},{"title":"成长三号","rate":4.0,"hot":true}],
        "d":{"$date":"2026-11-09T08:05:03"},"amt":{"$decimal":"1234.50"}}
        """;

    private const int Deepest = 6;
    private readonly IReadOnlyList<int> _choices;
    private readonly List<(string Name, char Type)> _set = [];
    private readonly List<(string Name, char Type)> _loops = [];
    private int _next;
    private int _depth;

    private TemplateGrammar(IReadOnlyList<int> choices) => _choices = choices;

    /// <summary>The snippets that the templates include.</summary>
    public static IReadOnlyDictionary<string, string> Snippets { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["s"] = "[{{ name }}]",
        ["t"] = "甲\n  {{ $1 }}\n{{ for i in nums }}{{ i }}{{ if i == 9 }}{{ break }}{{ end }}{{ end }}",
    };

    public static string Write(IReadOnlyList<int> choices)
    {
        var grammar = new TemplateGrammar(choices);
        return string.Concat(grammar.Several(8, grammar.Piece));
    }

    private int Pick(int ways) => _next < _choices.Count ? (_choices[_next++] & int.MaxValue) % ways : 0;

    private string One(params string[] ways) => ways[Pick(ways.Length)];

    private string[] Several(int most, Func<string> write)
    {
        var written = new string[Pick(most + 1)];
        for (var i = 0; i < written.Length; i++)
            written[i] = write();
        return written;
    }

    /// <summary>Goes one level down; at the bottom the simplest way is taken.</summary>
    private string Nested(Func<string> write, string simplest)
    {
        if (_depth >= Deepest)
            return simplest;
        _depth++;
        var text = write();
        _depth--;
        return text;
    }

    private string Piece() => Nested(
        () => Pick(16) switch
        {
            0 or 1 or 2 => One("甲", "\n", "  ", "\n  ", " ", "\t", "\r\n", "　", "😀", "{", "}}", "{%", "%}", "\n\n", "a\n b", "\\n"),
            3 => One("{{ # 注 }}", "{{## 注\n释 ##}}", "{{~ # 注 ~}}", "{%{ {{ x }} }%}", "{%%{ }%} }%%}", "{%{~ \n a \n ~}%}", "{{}}", "{{ ; }}", "{{-}}", "{{~ ~}}"),
            4 => Code("if " + Bool()) + Body() + Branches() + Code("end"),
            5 => Case(),
            6 => Loop(),
            7 => Code("capture " + Keep("c", 'c')) + Body() + Code("end"),
            8 => Code(Assignment()),
            9 => Code(string.Join(One("; ", "\n", ";\n  "), Several(3, Statement))),
            _ => Code(Any()),
        },
        "甲");

    private string Body() => string.Concat(Several(3, Piece));

    private string Code(string inner) => One("{{ ", "{{", "{{~ ", "{{- ", "{{\n ") + inner + One(" }}", "}}", " ~}}", " -}}", "\n}}");

    private string Branches() => Pick(4) switch
    {
        0 => string.Empty,
        1 => Code("else") + Body(),
        2 => Code("else if " + Bool()) + Body(),
        _ => Code("else if " + Bool()) + Body() + Code("else") + Body(),
    };

    private string Case()
    {
        Func<string> value = One("n", "t", "b") switch { "n" => Number, "t" => Text, _ => Bool };
        var text = Code("case " + value()) + One(string.Empty, "\n  ");
        for (var i = Pick(3); i >= 0; i--)
            text += Code("when " + string.Join(One(", ", " || "), value(), value())) + Body();
        return text + (Pick(2) == 0 ? string.Empty : Code("else") + Body()) + Code("end");
    }

    private string Loop()
    {
        var (list, type) = Pick(6) switch
        {
            0 => ("tags", 't'),
            1 => (One("1..3", "0..<4", "(1..5)", "1..30", "1..100"), 'n'),
            2 => ("nums", 'n'),
            3 => ("items", 'i'),
            _ => (List(), 'a'),
        };
        var variable = One("i", "t", "p");
        var head = Code($"for {variable} in {list}{One("", "", " limit:2", " offset:1", " reversed", " offset:1 limit:1", " reversed limit:2", " limit:n")}");
        _loops.Add((variable, type));
        var body = Body() + (Pick(4) == 3 ? Code("if " + Bool()) + Code(One("break", "continue")) + Code("end") : string.Empty) + Body();
        _loops.RemoveAt(_loops.Count - 1);
        return head + body + (Pick(4) == 3 ? Code("else") + Body() : string.Empty) + Code("end");
    }

    private string Statement() => Nested(
        () => Pick(5) switch
        {
            0 => Any(),
            1 => $"if {Bool()}; {Any()}; end",
            2 => $"for i in {One("tags", "nums", "1..20")}; {Any()}; end",
            _ => Assignment(),
        },
        "1");

    private string Assignment() => Pick(8) switch
    {
        0 => Value('t') is var text ? $"{Keep("x", 't')} = {text}" : string.Empty,
        1 => Value('n') is var number ? $"{Keep("y", 'n')} = {number}" : string.Empty,
        2 => Value('l') is var list ? $"{Keep("l", 'l')} = {list}" : string.Empty,
        3 => Value('b') is var truth ? $"{Keep("w", 'b')} = {truth}" : string.Empty,
        4 => Named('n') is { } known ? $"{known} {One("+=", "-=", "*=", "/=", "//=", "%=")} {Number()}" : "y = 1",
        5 => Named('t') is { } growing ? $"{growing} = {growing} + {growing}" : "x = \"甲\"",
        6 => Named('l') is { } longer ? $"{longer} = {longer} | array.concat {longer}" : "l = [1]",
        _ => Named('t') is { } longest ? $"{longest} += {Text()}" : "name = \"乙\"",
    };

    private string Keep(string name, char type)
    {
        _set.Add((name, type));
        return name;
    }

    private string? Named(char type)
    {
        var names = _set.Concat(_loops).Where(item => item.Type == type).Select(item => item.Name).ToArray();
        return names.Length == 0 ? null : names[Pick(names.Length)];
    }

    private string Value(char type) => type switch { 't' => Text(), 'n' => Number(), 'b' => Bool(), 'l' => List(), _ => Any() };
}
