using System.Collections.Frozen;
using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.BuiltIns;

/// <summary>All built-in functions by group and name, and short ways to declare one.</summary>
internal static class Functions
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, Function>> Groups = new Function[][]
        {
            StringFunctions.All, ArrayFunctions.All, MathFunctions.All, DateFunctions.All, ObjectFunctions.All, HtmlFunctions.All,
        }
        .SelectMany(functions => functions)
        .GroupBy(function => function.Group, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.ToFrozenDictionary(function => function.Name, StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Names that no variable may have: the groups, and what Scriban defines beside them.</summary>
    public static readonly FrozenSet<string> Reserved =
        Groups.Keys.Concat(["regex", "timespan", "include", "include_join", "empty", "blank", "this", "for", "while", "tablerow"])
            .ToFrozenSet(StringComparer.Ordinal);

    public static bool IsGroup(string name) => Groups.ContainsKey(name);

    public static bool TryGet(string group, string name, out Function? function)
    {
        function = null;
        return Groups.TryGetValue(group, out var functions) && functions.TryGetValue(name, out function);
    }

    public static IEnumerable<string> Names(string group) => Groups.TryGetValue(group, out var functions) ? functions.Keys : [];

    public static Parameter Any(string name) => new(name, ParameterKind.Any);

    public static Parameter Text(string name) => new(name, ParameterKind.Text);

    public static Parameter Integer(string name) => new(name, ParameterKind.Integer);

    public static Parameter Number(string name) => new(name, ParameterKind.Number);

    public static Parameter List(string name) => new(name, ParameterKind.List);

    public static Parameter Date(string name) => new(name, ParameterKind.Date);

    public static Parameter Optional(this Parameter parameter) => parameter with { IsOptional = true };

    public static Func<TemplateType[], TemplateType> Always(TemplateType type) => _ => type;

    public static RenderException Fail(Location at, Problem problem) => new(at, problem);

    public static string? TextOf(Value value) => value.IsNull ? null : value.Text;
}
