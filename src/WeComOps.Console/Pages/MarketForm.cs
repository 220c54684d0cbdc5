using System.Globalization;
using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Console.Pages;

/// <summary>The fields of a market figure as they come from the browser; the time is Asia/Shanghai.</summary>
internal sealed class MarketForm
{
    private const string LocalTime = "yyyy-MM-dd'T'HH:mm";

    public string? Name { get; set; }

    public string? Value { get; set; }

    public string? Unit { get; set; }

    public string? Source { get; set; }

    public string? At { get; set; }

    public string? Corrects { get; set; }

    public static string Written(DateTimeOffset at) => ShanghaiTime.ToLocal(at).ToString(LocalTime, CultureInfo.InvariantCulture);

    /// <param name="corrected">Entry that is corrected: a time that was not touched keeps its seconds.</param>
    public NewMarketFact Read(MarketEntry? corrected) => new(Name, Value, Unit, Source, TimeOf(corrected), Corrects);

    private DateTimeOffset? TimeOf(MarketEntry? corrected)
    {
        if (corrected is not null && At == Written(corrected.At))
        {
            return corrected.At;
        }

        return DateTime.TryParseExact(At, LocalTime, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? ShanghaiTime.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local))
            : null;
    }
}
