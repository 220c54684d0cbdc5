using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Runtime;

/// <summary>Addition of numbers, joining of texts, and the other operations on numbers.</summary>
/// <param name="nullIsHandled">A <c>??</c> stands directly around it, so null may come out; anywhere else null would silently swallow the sum.</param>
internal sealed class ArithmeticNode(Location at, TokenKind operation, Node left, Node right, bool nullIsHandled) : Node(at)
{
    protected override Value Run(RenderContext context) =>
        Calculate(context, At, operation, left.Evaluate(context), right.Evaluate(context), nullIsHandled);

    public static Value Calculate(RenderContext context, Location at, TokenKind operation, Value left, Value right, bool nullIsHandled = false)
    {
        if (left.IsNumber && right.IsNumber)
            return Numbers.Calculate(at, operation, left, right);
        if (operation == TokenKind.Plus && (left.Kind == ValueKind.Text || right.Kind == ValueKind.Text))
            return Value.From(Join(context, at, Texts.Of(context, at, left), Texts.Of(context, at, right)));
        if (left.IsNull || right.IsNull)
            return nullIsHandled && !left.IsText && !right.IsText ? Value.Null : throw new RenderException(at, Problems.NullArithmetic());
        if (operation == TokenKind.Star && left.Kind == ValueKind.Text && right.Kind == ValueKind.Integer)
            return Repeat(context, at, left.Text, right.Integer);
        if (operation == TokenKind.Star && right.Kind == ValueKind.Text && left.Kind == ValueKind.Integer)
            return Repeat(context, at, right.Text, left.Integer);
        throw new RenderException(at, left.Kind == ValueKind.Captured || right.Kind == ValueKind.Captured ? Problems.CapturedValue() : Problems.NotANumber());
    }

    /// <summary>The length is checked before a character is copied.</summary>
    private static string Join(RenderContext context, Location at, string? left, string? right) =>
        (left?.Length ?? 0) + (long)(right?.Length ?? 0) <= TemplateLimits.OutputBytes
            ? context.Pay(at, string.Concat(left, right))
            : throw new RenderException(at, Problems.TextTooLong());

    /// <summary>The length is checked before a character is copied.</summary>
    private static Value Repeat(RenderContext context, Location at, string text, long times)
    {
        if (times is < int.MinValue or > int.MaxValue)
            throw new RenderException(at, Problems.NumberTooLarge());
        if (times <= 0 || text.Length == 0)
            return Value.From(string.Empty);
        if (times > TemplateLimits.OutputBytes / text.Length)
            throw new RenderException(at, Problems.TextTooLong());
        return Value.From(context.Pay(at, string.Create(
            text.Length * (int)times, text, static (room, part) =>
            {
                for (var i = 0; i < room.Length; i += part.Length)
                    part.CopyTo(room[i..]);
            })));
    }
}
