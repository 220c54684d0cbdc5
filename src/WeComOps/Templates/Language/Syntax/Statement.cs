namespace WeComOps.Templates.Language.Syntax;

internal abstract record Statement(int Offset);

internal sealed record RawStatement(int Offset, string Text) : Statement(Offset);

internal sealed record PrintStatement(Expression Expression) : Statement(Expression.Offset);

/// <summary><c>name = value</c>, or with <paramref name="Operator"/> <c>name += value</c> and its kin.</summary>
internal sealed record AssignStatement(int Offset, string Name, TokenKind? Operator, Expression Value) : Statement(Offset);

internal sealed record IfStatement(int Offset, IReadOnlyList<Branch> Branches, Block? Else) : Statement(Offset);

/// <summary>A branch of <c>if</c> (one condition) or of <c>case</c> (one or more values).</summary>
internal sealed record Branch(IReadOnlyList<Expression> Tests, Block Body);

internal sealed record CaseStatement(int Offset, Expression Value, IReadOnlyList<Branch> Branches, Block? Else, string? Indent) : Statement(Offset);

internal sealed record ForStatement(int Offset, string Variable, Expression Iterator, ForOptions Options, Block Body, Block? Else) : Statement(Offset);

internal sealed class ForOptions
{
    public Expression? Limit { get; set; }

    public Expression? Offset { get; set; }

    public bool Reversed { get; set; }
}

internal sealed record CaptureStatement(int Offset, string Name, Block Body) : Statement(Offset);

internal sealed record JumpStatement(int Offset, bool IsBreak) : Statement(Offset);

/// <summary>Statements in order, each with its indentation: a text, or null for the one that holds where the block is entered.</summary>
internal sealed record Block(IReadOnlyList<(Statement Statement, string? Indent)> Statements);
