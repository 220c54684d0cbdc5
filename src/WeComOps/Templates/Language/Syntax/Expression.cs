using WeComOps.Templates.Language.Runtime;

namespace WeComOps.Templates.Language.Syntax;

/// <summary>An expression as written. <paramref name="Offset"/> is where it is best pointed at.</summary>
internal abstract record Expression(int Offset)
{
    /// <summary>Levels of expressions below and with this one: what evaluating it needs of the stack.</summary>
    public virtual int Height => 1;
}

internal sealed record ConstantExpression(int Offset, Value Value) : Expression(Offset);

internal sealed record NameExpression(int Offset, string Name) : Expression(Offset);

/// <summary><c>$1</c> inside of a snippet.</summary>
internal sealed record ArgumentExpression(int Offset, int Index) : Expression(Offset);

internal sealed record MemberExpression(int Offset, Expression Target, string Name, bool NullSafe) : Expression(Offset)
{
    public override int Height { get; } = Target.Height + 1;
}

internal sealed record IndexExpression(int Offset, Expression Target, Expression Index) : Expression(Offset)
{
    public override int Height { get; } = Math.Max(Target.Height, Index.Height) + 1;
}

internal sealed record UnaryExpression(int Offset, TokenKind Operator, Expression Operand) : Expression(Offset)
{
    public override int Height { get; } = Operand.Height + 1;
}

internal sealed record BinaryExpression(int Offset, TokenKind Operator, Expression Left, Expression Right) : Expression(Offset)
{
    public override int Height { get; } = Math.Max(Left.Height, Right.Height) + 1;
}

internal sealed record ConditionalExpression(int Offset, Expression Condition, Expression Then, Expression Else) : Expression(Offset)
{
    public override int Height { get; } = Math.Max(Condition.Height, Math.Max(Then.Height, Else.Height)) + 1;
}

internal sealed record GroupExpression(int Offset, Expression Inner) : Expression(Offset)
{
    public override int Height { get; } = Inner.Height + 1;
}

internal sealed record ListExpression(int Offset, IReadOnlyList<Expression> Items) : Expression(Offset)
{
    public override int Height { get; } = Items.Select(item => item.Height).DefaultIfEmpty().Max() + 1;
}

/// <summary><c>{ name: value }</c>.</summary>
internal sealed record ObjectExpression(int Offset, IReadOnlyList<Argument> Members) : Expression(Offset)
{
    public override int Height { get; } = Members.Select(member => member.Value.Height).DefaultIfEmpty().Max() + 1;
}

/// <summary><c>target.empty?</c>.</summary>
internal sealed record EmptyExpression(int Offset, Expression Target) : Expression(Offset)
{
    public override int Height { get; } = Target.Height + 1;
}

/// <summary>An argument of a call; <paramref name="Name"/> is null unless it was written as <c>name: value</c>.</summary>
internal sealed record Argument(string? Name, int Offset, Expression Value);

internal sealed record CallExpression(int Offset, Expression Target, IReadOnlyList<Argument> Arguments) : Expression(Offset)
{
    public override int Height { get; } =
        Math.Max(Target.Height, Arguments.Select(argument => argument.Value.Height).DefaultIfEmpty().Max()) + 1;
}

internal sealed record PipeExpression(int Offset, Expression From, Expression To) : Expression(Offset)
{
    public override int Height { get; } = Math.Max(From.Height, To.Height) + 1;
}
