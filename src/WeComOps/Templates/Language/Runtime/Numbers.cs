using System.Globalization;
using System.Numerics;
using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Runtime;

/// <summary>Arithmetic: decimal wins over binary floating point, that over integers, as in Scriban. What leaves the range is refused.</summary>
internal static class Numbers
{
    public static double ToDouble(Value value) => value.Kind switch
    {
        ValueKind.Integer => value.Integer,
        ValueKind.Decimal => Convert.ToDouble(value.Decimal),
        _ => value.Double,
    };

    /// <exception cref="OverflowException">The number is too large for a decimal.</exception>
    public static decimal ToDecimal(Value value) => value.Kind switch
    {
        ValueKind.Integer => value.Integer,
        ValueKind.Decimal => value.Decimal,
        _ => Convert.ToDecimal(value.Double),
    };

    public static Value Calculate(Location at, TokenKind operation, Value left, Value right)
    {
        try
        {
            if (left.Kind == ValueKind.Decimal || right.Kind == ValueKind.Decimal)
                return Calculate(at, operation, ToDecimal(left), ToDecimal(right));
            if (left.Kind == ValueKind.Double || right.Kind == ValueKind.Double)
                return Calculate(at, operation, ToDouble(left), ToDouble(right));
            return Calculate(at, operation, left.Integer, right.Integer);
        }
        catch (OverflowException)
        {
            throw new RenderException(at, Problems.NumberTooLarge());
        }
        catch (DivideByZeroException)
        {
            throw new RenderException(at, Problems.DivisionByZero());
        }
    }

    /// <summary>Scriban divides large integers as such, and their way to binary floating point cuts off where that of others rounds.</summary>
    private static double Quotient(long left, long right) =>
        left is >= int.MinValue and <= int.MaxValue && right is >= int.MinValue and <= int.MaxValue
            ? (double)left / right
            : (double)(BigInteger)left / (double)(BigInteger)right;

    /// <summary>Whether a number is a whole one of 32 bits, whatever its kind: what Scriban takes where it wants an integer.</summary>
    public static bool IsInteger(Value value, out int integer)
    {
        integer = value.Kind switch
        {
            ValueKind.Integer when value.Integer is >= int.MinValue and <= int.MaxValue => (int)value.Integer,
            ValueKind.Double when value.Double is >= int.MinValue and <= int.MaxValue => (int)value.Double,
            ValueKind.Decimal when value.Decimal is >= int.MinValue and <= int.MaxValue => (int)value.Decimal,
            _ => 0,
        };
        return value.Kind switch
        {
            ValueKind.Integer => value.Integer == integer,
            ValueKind.Double => value.Double == integer,
            ValueKind.Decimal => value.Decimal == integer,
            _ => false,
        };
    }

    /// <summary>Less than zero, zero or more than zero.</summary>
    public static int Compare(Location at, Value left, Value right)
    {
        try
        {
            if (left.Kind == ValueKind.Decimal || right.Kind == ValueKind.Decimal)
                return ToDecimal(left).CompareTo(ToDecimal(right));
        }
        catch (OverflowException)
        {
            throw new RenderException(at, Problems.NumberTooLarge());
        }

        return left.Kind == ValueKind.Double || right.Kind == ValueKind.Double
            ? ToDouble(left).CompareTo(ToDouble(right))
            : left.Integer.CompareTo(right.Integer);
    }

    public static Value Negate(Location at, Value value) => value.Kind switch
    {
        // The smallest integer of 32 bits stays what it is in Scriban, unless it came about as one of 64 bits.
        ValueKind.Integer when value.Integer == int.MinValue => throw new RenderException(at, Problems.NumberTooLarge()),
        ValueKind.Integer => Calculate(at, TokenKind.Minus, Value.From(0L), value),
        ValueKind.Decimal => Value.From(-value.Decimal),
        _ => Value.From(-value.Double),
    };

    /// <summary>The result of a calculation with binary floating point, which must be a number.</summary>
    public static Value Finite(Location at, double value) =>
        double.IsFinite(value) ? Value.From(value) : throw new RenderException(at, Problems.NumberTooLarge());

    public static string Format(Value value) => value.Kind switch
    {
        ValueKind.Integer => value.Integer.ToString(CultureInfo.InvariantCulture),
        ValueKind.Decimal => value.Decimal.ToString(CultureInfo.InvariantCulture),
        _ => value.Double.ToString(CultureInfo.InvariantCulture),
    };

    private static Value Calculate(Location at, TokenKind operation, decimal left, decimal right) => operation switch
    {
        TokenKind.Plus => Value.From(left + right),
        TokenKind.Minus => Value.From(left - right),
        TokenKind.Star => Value.From(left * right),
        TokenKind.Slash => Value.From(left / right),
        TokenKind.Percent => Value.From(left % right),
        _ => throw new RenderException(at, Problems.IntegerDivision()),
    };

    private static Value Calculate(Location at, TokenKind operation, double left, double right)
    {
        if (right == 0 && operation is TokenKind.Slash or TokenKind.Percent)
            throw new RenderException(at, Problems.DivisionByZero());
        return operation switch
        {
            TokenKind.Plus => Finite(at, left + right),
            TokenKind.Minus => Finite(at, left - right),
            TokenKind.Star => Finite(at, left * right),
            TokenKind.Slash => Finite(at, left / right),
            TokenKind.Percent => Finite(at, left % right),
            _ => throw new RenderException(at, Problems.IntegerDivision()),
        };
    }

    private static Value Calculate(Location at, TokenKind operation, long left, long right)
    {
        if (right == 0 && operation is TokenKind.Slash or TokenKind.DoubleSlash or TokenKind.Percent)
            throw new RenderException(at, Problems.DivisionByZero());
        return operation switch
        {
            TokenKind.Plus => Value.From(checked(left + right)),
            TokenKind.Minus => Value.From(checked(left - right)),
            TokenKind.Star => Value.From(checked(left * right)),
            TokenKind.Slash => Value.From(Quotient(left, right)),
            TokenKind.DoubleSlash => Value.From(left / right),
            _ => Value.From(left % right),
        };
    }
}
