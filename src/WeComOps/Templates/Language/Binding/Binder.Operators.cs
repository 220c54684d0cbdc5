using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Binding;

internal sealed partial class Binder
{
    private Bound BindBinary(BinaryExpression binary, bool isCondition, bool nullIsHandled)
    {
        switch (binary.Operator)
        {
            case TokenKind.And or TokenKind.Or:
                return BindLogic(binary, isCondition);
            case TokenKind.DoubleQuestion:
                var value = BindExpression(binary.Left, nullIsHandled: true);
                var fallback = BindExpression(binary.Right);
                return new Bound(
                    new CoalesceNode(At(binary.Offset), value.Node, fallback.Node), TemplateType.Join(value.Type, fallback.Type), value.IsData && fallback.IsData);
            case TokenKind.DotDot or TokenKind.DotDotLess:
                return BindRange(binary);
        }

        if (IsFunction(binary.Left))
            return Refused(binary.Offset, binary.Operator == TokenKind.Minus ? Problems.NegativeArgument() : Problems.NotAFunction());
        var left = BindExpression(binary.Left);
        var right = BindExpression(binary.Right);
        return binary.Operator is TokenKind.Plus or TokenKind.Minus or TokenKind.Star or TokenKind.Slash or TokenKind.DoubleSlash or TokenKind.Percent
            ? BindArithmetic(binary, left, right, nullIsHandled)
            : BindComparison(binary, left, right);
    }

    private bool IsFunction(Expression expression) =>
        expression is MemberExpression { Target: not NameExpression { Name: "for" } } member && FunctionGroup(member) is not null;

    private Bound BindArithmetic(BinaryExpression binary, Bound left, Bound right, bool nullIsHandled)
    {
        // With literals alone the result is the same for everybody and the preview shows it; the trap is data that is null.
        nullIsHandled |= left.Node is ConstantNode && right.Node is ConstantNode;
        if (TypeRules.Arithmetic(binary.Operator, left, right, nullIsHandled, options.WholeValues) is { } problem)
            return Refused(binary.Offset, problem);
        return new Bound(
            new ArithmeticNode(At(binary.Offset), binary.Operator, left.Node, right.Node, nullIsHandled),
            TypeRules.ArithmeticResult(binary.Operator, left.Type, right.Type));
    }

    private Bound BindComparison(BinaryExpression binary, Bound left, Bound right)
    {
        var isEquality = binary.Operator is TokenKind.Equal or TokenKind.NotEqual;
        return TypeRules.AreComparable(left.Type, right.Type, isEquality)
            ? new Bound(new ComparisonNode(At(binary.Offset), binary.Operator, left.Node, right.Node), TemplateType.Boolean)
            : Refused(binary.Offset, Problems.NotComparable());
    }

    private Bound BindLogic(BinaryExpression binary, bool isCondition)
    {
        var left = BindExpression(binary.Left, isCondition);
        var right = BindExpression(binary.Right, isCondition);
        if (!isCondition && !(MayBeBoolean(left) && MayBeBoolean(right)))
            return Refused(binary.Offset, Problems.NotBoolean());
        return new Bound(
            new LogicNode(At(binary.Offset), binary.Operator == TokenKind.Or, left.Node, right.Node, isCondition), TemplateType.Boolean);
    }

    private static bool MayBeBoolean(Bound value) => value.Type.Kind is TemplateTypeKind.Boolean or TemplateTypeKind.Unknown;
}
