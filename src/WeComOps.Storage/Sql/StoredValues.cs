using System.Globalization;
using WeComOps.Ledger;

namespace WeComOps.Storage.Sql;

/// <summary>How values become columns.</summary>
internal static class StoredValues
{
    /// <summary>Milliseconds since 1970 UTC; finer digits are cut off.</summary>
    public static long Ms(this DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static long? Ms(this DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    public static string Text(this DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string? Day(this FactRef? reference) => reference?.Day.Text();

    public static long Flag(this bool value) => value ? 1 : 0;

    public static long? Flag(this bool? value) => value?.Flag();

    /// <summary>Money in fen (hundredths).</summary>
    /// <exception cref="ArgumentException">More than two decimals, or more than the column can hold.</exception>
    public static long Fen(this decimal amount)
    {
        const decimal Largest = long.MaxValue / 100;
        if (decimal.Abs(amount) > Largest)
        {
            throw new ArgumentException("An amount is too large to store.", nameof(amount));
        }

        var fen = amount * 100;
        return decimal.Truncate(fen) == fen
            ? (long)fen
            : throw new ArgumentException("An amount has more than two decimals: round it where it is decided, not where it is stored.", nameof(amount));
    }

    public static long? Fen(this decimal? amount) => amount?.Fen();

    /// <summary>Always with two decimals, so that the same amount prints the same whatever was stored.</summary>
    public static decimal Money(long fen) => fen * 0.01m;
}
