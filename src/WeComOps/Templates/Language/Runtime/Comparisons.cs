using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Runtime;

/// <summary>Comparison. Null equals only null and is never before or after anything but a text; kinds that Scriban mixes by surprise are refused.</summary>
internal static class Comparisons
{
    public static bool AreEqual(Location at, Value left, Value right)
    {
        if (left.IsNull || right.IsNull)
            return left.IsNull && right.IsNull;
        if (left.IsNumber && right.IsNumber)
            return Numbers.Compare(at, left, right) == 0;
        if (left.IsText && right.IsText && (left.Kind == ValueKind.Text || right.Kind == ValueKind.Text))
            return string.Equals(left.Text, right.Text, StringComparison.Ordinal);
        return left.Kind == right.Kind && left.Kind is ValueKind.Boolean or ValueKind.Date
            ? left.SameAs(right)
            : throw new RenderException(at, Problems.NotComparable());
    }

    public static bool IsOrdered(Location at, TokenKind operation, Value left, Value right)
    {
        if (left.Kind == ValueKind.Text || right.Kind == ValueKind.Text)
            return Holds(operation, CompareTexts(at, left, right));
        if (left.IsNull || right.IsNull)
            return false;
        if (left.IsNumber && right.IsNumber)
            return Holds(operation, Numbers.Compare(at, left, right));
        return left.Kind == ValueKind.Date && right.Kind == ValueKind.Date
            ? Holds(operation, left.Date.CompareTo(right.Date))
            : throw new RenderException(at, Problems.NotComparable());
    }

    private static int CompareTexts(Location at, Value left, Value right) =>
        (left.IsText || left.IsNull) && (right.IsText || right.IsNull)
            ? string.CompareOrdinal(left.IsNull ? null : left.Text, right.IsNull ? null : right.Text)
            : throw new RenderException(at, Problems.NotComparable());

    private static bool Holds(TokenKind operation, int order) => operation switch
    {
        TokenKind.Less => order < 0,
        TokenKind.LessEqual => order <= 0,
        TokenKind.Greater => order > 0,
        _ => order >= 0,
    };
}
