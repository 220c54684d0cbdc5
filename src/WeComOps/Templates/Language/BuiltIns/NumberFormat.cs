using System.Globalization;
using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;
using static WeComOps.Templates.Language.BuiltIns.Functions;

namespace WeComOps.Templates.Language.BuiltIns;

/// <summary>.NET format strings under the invariant culture. Long ones are refused: a width of nine digits is a width.</summary>
internal static class NumberFormat
{
    private const int MaximumLength = 40;
    private const int MaximumPrecision = 28;

    public static Problem? Check(Value?[] arguments) =>
        arguments[1] is { Kind: ValueKind.Text } format && !IsBounded(format.Text) ? Problems.BadFormat() : null;

    public static Value Format(RenderContext context, Location at, ReadOnlySpan<Value> a) => a[0].Kind switch
    {
        ValueKind.Null => Value.From(string.Empty),
        ValueKind.Integer => Apply(at, IntegerValue(a[0]), a[1]),
        ValueKind.Double => Apply(at, a[0].Double, a[1]),
        ValueKind.Decimal => Apply(at, a[0].Decimal, a[1]),
        _ => throw Fail(at, Problems.NotANumber()),
    };

    public static Value FormatAny(RenderContext context, Location at, ReadOnlySpan<Value> a) =>
        a[0].Kind == ValueKind.Date ? Apply(at, a[0].Date, a[1]) : Format(context, at, a);

    /// <summary>Hexadecimal and binary formats show the width of the integer, which is 32 bits where the number fits.</summary>
    private static IFormattable IntegerValue(Value value) =>
        value.Integer is >= int.MinValue and <= int.MaxValue ? (IFormattable)(int)value.Integer : value.Integer;

    private static Value Apply(Location at, IFormattable value, Value format)
    {
        var text = TextOf(format) ?? string.Empty;
        if (!IsBounded(text))
            throw Fail(at, Problems.BadFormat());
        try
        {
            return Value.From(value.ToString(text, CultureInfo.InvariantCulture));
        }
        catch (FormatException)
        {
            throw Fail(at, Problems.BadFormat());
        }
    }

    /// <summary>Whether what it prints is bounded: a letter with digits is a precision, anything else prints about its own length.</summary>
    private static bool IsBounded(string format)
    {
        if (format.Length > MaximumLength)
            return false;
        if (format.Length < 2 || !char.IsAsciiLetter(format[0]) || format.AsSpan(1).ContainsAnyExceptInRange('0', '9'))
            return true;
        return int.TryParse(format.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var precision) && precision <= MaximumPrecision;
    }
}
