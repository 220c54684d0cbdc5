using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;
using static WeComOps.Templates.Language.BuiltIns.Functions;

namespace WeComOps.Templates.Language.BuiltIns;

/// <summary>The group <c>math</c>. Rounding is half to even, as in Scriban; <c>math.format</c> rounds as .NET formats do.</summary>
internal static class MathFunctions
{
    public static readonly Function[] All =
    [
        Calculation("plus", TokenKind.Plus),
        Calculation("minus", TokenKind.Minus),
        Calculation("times", TokenKind.Star),
        Calculation("modulo", TokenKind.Percent),
        new("math", "divided_by", [Number("value"), Number("divisor")], Divide, Always(TemplateType.Number)),
        new("math", "abs", [Number("value")], Absolute, Always(TemplateType.Number)),
        new("math", "ceil", [Number("value")], static (_, _, a) => Value.From(Math.Ceiling(Numbers.ToDouble(a[0]))), Always(TemplateType.Number)),
        new("math", "floor", [Number("value")], static (_, _, a) => Value.From(Math.Floor(Numbers.ToDouble(a[0]))), Always(TemplateType.Number)),
        new("math", "round", [Number("value"), Integer("precision").Optional()], Round, Always(TemplateType.Number)),
        new("math", "format", [Any("value"), Text("format")], NumberFormat.Format, Always(TemplateType.Text), NumberFormat.Check),
        new("math", "is_number", [Any("value")], static (_, _, a) => Value.From(a[0].IsNumber), Always(TemplateType.Boolean)),
    ];

    private static Function Calculation(string name, TokenKind operation) =>
        new("math", name, [Any("value"), Any("with")], (context, at, a) => ArithmeticNode.Calculate(context, at, operation, a[0], a[1]), Always(TemplateType.Unknown));

    /// <summary>The quotient is binary floating point; an integer divisor of 32 bits rounds it down.</summary>
    private static Value Divide(RenderContext context, Location at, ReadOnlySpan<Value> a)
    {
        var value = Value.From(Numbers.ToDouble(a[0]));
        var result = Numbers.Calculate(at, TokenKind.Slash, value, a[1]);
        if (a[1].Kind != ValueKind.Integer || a[1].Integer is < int.MinValue or > int.MaxValue)
            return result;
        var floor = Math.Floor(result.Double);
        return floor is >= int.MinValue and <= int.MaxValue ? Value.From((long)floor) : throw Fail(at, Problems.NumberTooLarge());
    }

    private static Value Absolute(RenderContext context, Location at, ReadOnlySpan<Value> a) => a[0].Kind switch
    {
        // The smallest integer of either width has no positive counterpart, in Scriban too.
        ValueKind.Integer when a[0].Integer is int.MinValue => throw Fail(at, Problems.NumberTooLarge()),
        ValueKind.Integer when a[0].Integer < 0 => Numbers.Negate(at, a[0]),
        ValueKind.Double => Value.From(Math.Abs(a[0].Double)),
        ValueKind.Decimal => Value.From(Math.Abs(a[0].Decimal)),
        _ => a[0],
    };

    private static Value Round(RenderContext context, Location at, ReadOnlySpan<Value> a)
    {
        var precision = a[1].IsNull ? 0 : a[1].Integer;
        return precision is >= 0 and <= 15
            ? Value.From(Math.Round(Numbers.ToDouble(a[0]), (int)precision, MidpointRounding.ToEven))
            : throw Fail(at, Problems.WrongArgument("precision", "0 到 15 的整数"));
    }
}
