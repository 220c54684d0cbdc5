using System.Text;
using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Runtime;

/// <summary>How whole lists and objects are written, as in <c>[1, "a", {b: null}]</c>. A list of literals may be printed, data only where the options say so.</summary>
internal static class Notation
{
    private const int Deepest = 20;

    public static string Of(RenderContext context, Location at, Value value)
    {
        var result = new StringBuilder();
        Append(context, at, result, value, 1);
        return result.ToString();
    }

    private static void Append(RenderContext context, Location at, StringBuilder result, Value value, int depth)
    {
        if (depth > Deepest)
            throw new RenderException(at, Problems.TooDeep());
        switch (value.Kind)
        {
            case ValueKind.List:
                AppendList(context, at, result, value.List, depth);
                break;
            case ValueKind.Object:
                AppendObject(context, at, result, value.Object, depth);
                break;
            case ValueKind.Null:
                result.Append("null");
                break;
            case ValueKind.Text:
                result.Append(Texts.Quote(value.Text));
                break;
            default:
                result.Append(Texts.Of(context, at, value));
                break;
        }

        if (result.Length > TemplateLimits.OutputBytes)
            throw new RenderException(at, Problems.TextTooLong());
    }

    private static void AppendList(RenderContext context, Location at, StringBuilder result, ListValue list, int depth)
    {
        if (!list.IsConstant && !context.WholeValues)
            throw new RenderException(at, Problems.WholeList());
        result.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            result.Append(i == 0 ? string.Empty : ", ");
            Append(context, at, result, list[i], depth + 1);
        }

        result.Append(']');
    }

    private static void AppendObject(RenderContext context, Location at, StringBuilder result, ObjectValue item, int depth)
    {
        if (!context.WholeValues)
            throw new RenderException(at, Problems.WholeObject());
        result.Append('{');
        for (var i = 0; i < item.Count; i++)
        {
            var name = item.NameAt(i);
            result.Append(i == 0 ? string.Empty : ", ").Append(IsPlain(name) ? name : Texts.Quote(name)).Append(": ");
            Append(context, at, result, item.ValueAt(i), depth + 1);
        }

        result.Append('}');
    }

    /// <summary>A name that needs no quotes.</summary>
    private static bool IsPlain(string name)
    {
        if (name.Length == 0 || char.IsDigit(name[0]))
            return false;
        foreach (var c in name)
        {
            if (c != '_' && !char.IsLetterOrDigit(c))
                return false;
        }

        return true;
    }
}
