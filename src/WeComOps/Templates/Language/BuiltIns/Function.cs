using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.BuiltIns;

internal delegate Value FunctionBody(RenderContext context, Location at, ReadOnlySpan<Value> arguments);

/// <summary>A built-in function.</summary>
/// <param name="Group">The group it belongs to, for example <c>string</c>.</param>
/// <param name="Name">Its name in the group.</param>
/// <param name="Parameters">All parameters in order.</param>
/// <param name="Body">What it does, for arguments that were converted to the kinds of the parameters.</param>
/// <param name="ResultOf">The type of its result for the types of its arguments.</param>
/// <param name="Check">A problem that constant arguments show already; null entries are not constant.</param>
/// <param name="HtmlOnly">It makes sense in HTML only.</param>
internal sealed record Function(
    string Group,
    string Name,
    Parameter[] Parameters,
    FunctionBody Body,
    Func<TemplateType[], TemplateType> ResultOf,
    Func<Value?[], Problem?>? Check = null,
    bool HtmlOnly = false)
{
    /// <summary>How it is called, as in <c>string.slice text start [length]</c>.</summary>
    public string Signature { get; } =
        $"{Group}.{Name} " + string.Join(' ', Parameters.Select(parameter => parameter.IsOptional ? $"[{parameter.Name}]" : parameter.Name));
}
