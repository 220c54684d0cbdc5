using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Binding;

/// <summary>What types alone show to be wrong. Where a type is open nothing is wrong yet: the same rules hold again while rendering.</summary>
internal static class TypeRules
{
    public static bool AreComparable(TemplateType left, TemplateType right, bool isEquality)
    {
        if (IsOpen(left) || IsOpen(right))
            return true;
        return left.Kind == right.Kind
            && left.Kind is not (TemplateTypeKind.List or TemplateTypeKind.Object)
            && (isEquality || left.Kind != TemplateTypeKind.Boolean);
    }

    /// <summary>What is wrong with a calculation, or null.</summary>
    public static Problem? Arithmetic(TokenKind operation, Bound left, Bound right, bool nullIsHandled, bool wholeValues)
    {
        var kinds = (left.Type.Kind, right.Type.Kind);
        if (operation == TokenKind.Plus && (kinds.Item1 == TemplateTypeKind.Text || kinds.Item2 == TemplateTypeKind.Text))
            return wholeValues ? null : WholeValue(left) ?? WholeValue(right);
        if (kinds.Item1 == TemplateTypeKind.Nothing || kinds.Item2 == TemplateTypeKind.Nothing)
            return nullIsHandled || kinds.Item1 == TemplateTypeKind.Unknown || kinds.Item2 == TemplateTypeKind.Unknown ? null : Problems.NullArithmetic();
        if (!Calculates(operation, kinds.Item1) || !Calculates(operation, kinds.Item2))
            return Problems.NotANumber();
        return right.Node is ConstantNode { Value: { IsNumber: true } divisor } ? Divisor(operation, divisor) : null;
    }

    public static TemplateType ArithmeticResult(TokenKind operation, TemplateType left, TemplateType right)
    {
        if (left.Kind == TemplateTypeKind.Number && right.Kind == TemplateTypeKind.Number)
            return TemplateType.Number;
        return operation is TokenKind.Plus or TokenKind.Star && (left.Kind == TemplateTypeKind.Text || right.Kind == TemplateTypeKind.Text)
            ? TemplateType.Text
            : TemplateType.Unknown;
    }

    /// <summary>Why a value cannot be part of a text, or null.</summary>
    public static Problem? WholeValue(Bound value) => value.Type.Kind switch
    {
        TemplateTypeKind.Object => Problems.WholeObject(),
        TemplateTypeKind.List when value.IsData => Problems.WholeList(),
        _ => null,
    };

    private static Problem? Divisor(TokenKind operation, Value divisor)
    {
        if (operation is TokenKind.Slash or TokenKind.DoubleSlash or TokenKind.Percent && Numbers.ToDouble(divisor) == 0)
            return Problems.DivisionByZero();
        return operation == TokenKind.DoubleSlash && divisor.Kind != ValueKind.Integer ? Problems.IntegerDivision() : null;
    }

    private static bool Calculates(TokenKind operation, TemplateTypeKind kind) =>
        kind is TemplateTypeKind.Unknown or TemplateTypeKind.Number || (operation == TokenKind.Star && kind == TemplateTypeKind.Text);

    private static bool IsOpen(TemplateType type) => type.Kind is TemplateTypeKind.Unknown or TemplateTypeKind.Nothing;
}
