using System.Runtime.InteropServices;

namespace WeComOps.Templates.Language.Runtime;

/// <summary>A value of the template language. Numbers, booleans and dates are held without boxing, decimals are boxed.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Value
{
    private readonly object? _reference;
    private readonly long _bits;

    private Value(ValueKind kind, long bits = 0, object? reference = null)
    {
        Kind = kind;
        _bits = bits;
        _reference = reference;
    }

    public static Value Null => new(ValueKind.Null);

    public static Value True => new(ValueKind.Boolean, 1);

    public static Value False => new(ValueKind.Boolean);

    public ValueKind Kind { get; }

    public bool IsNull => Kind == ValueKind.Null;

    /// <summary>A text or the result of <c>capture</c>.</summary>
    public bool IsText => Kind is ValueKind.Text or ValueKind.Captured;

    public bool IsNumber => Kind is ValueKind.Integer or ValueKind.Double or ValueKind.Decimal;

    public bool Boolean => _bits != 0;

    public long Integer => _bits;

    public double Double => BitConverter.Int64BitsToDouble(_bits);

    public decimal Decimal => (decimal)_reference!;

    public string Text => (string)_reference!;

    public DateTime Date => new(_bits, DateTimeKind.Unspecified);

    public ListValue List => (ListValue)_reference!;

    public ObjectValue Object => (ObjectValue)_reference!;

    public static Value From(bool value) => value ? True : False;

    public static Value From(long value) => new(ValueKind.Integer, value);

    public static Value From(double value) => new(ValueKind.Double, BitConverter.DoubleToInt64Bits(value));

    public static Value From(decimal value) => new(ValueKind.Decimal, 0, value);

    public static Value From(string? value) => value is null ? Null : new Value(ValueKind.Text, 0, value);

    public static Value From(DateTime value) => new(ValueKind.Date, value.Ticks);

    public static Value From(ListValue value) => new(ValueKind.List, 0, value);

    public static Value From(ObjectValue value) => new(ValueKind.Object, 0, value);

    public static Value Captured(string value) => new(ValueKind.Captured, 0, value);

    /// <summary>Scriban's truth: only null and false are false. Zero, the empty text and the empty list are true.</summary>
    public bool IsTruthy => Kind == ValueKind.Boolean ? Boolean : Kind != ValueKind.Null;

    /// <summary>Equality of the boxed values in Scriban: same kind and same content, so 1 and 1.0 differ.</summary>
    public bool SameAs(Value other)
    {
        if (Kind != other.Kind)
            return false;
        return Kind switch
        {
            ValueKind.Null => true,
            ValueKind.Double => Double.Equals(other.Double),
            ValueKind.Decimal => Decimal == other.Decimal,
            ValueKind.Text => string.Equals(Text, other.Text, StringComparison.Ordinal),
            ValueKind.Boolean or ValueKind.Integer or ValueKind.Date => _bits == other._bits,
            _ => ReferenceEquals(_reference, other._reference),
        };
    }
}
