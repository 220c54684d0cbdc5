namespace WeComOps.Primitives;

/// <summary>Decimal arithmetic whose result does not depend on machine, culture or the way a number was written.</summary>
public static class Decimals
{
    /// <summary>The same number without trailing zeros, so that equal numbers are written alike.</summary>
    public static decimal Normalize(decimal value) => value / 1.000000000000000000000000000000000m;

    /// <summary>Half-even, as shown.</summary>
    public static decimal Round(decimal value, int digits) => Normalize(Math.Round(value, digits, MidpointRounding.ToEven));

    /// <summary>Square root by Newton's method to the last digit of decimal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public static decimal Sqrt(decimal value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        if (value == 0)
        {
            return 0;
        }

        var root = Math.Max(value, 1m);
        while (true)
        {
            var next = (root + (value / root)) / 2;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }

    /// <summary>95 % Wilson score interval of a rate.</summary>
    public static (decimal Low, decimal High) Wilson(long successes, long trials)
    {
        const decimal z = 1.959963984540054m;
        decimal n = trials;
        var p = successes / n;
        var centre = p + (z * z / (2 * n));
        var spread = z * Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n)));
        var scale = 1 + (z * z / n);
        return (Math.Max(0, (centre - spread) / scale), Math.Min(1, (centre + spread) / scale));
    }
}
