using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using WeComOps.Sales;

namespace WeComOps.Host.Web;

/// <summary>A sale as the order system writes it (JSON, and CSV columns of the same names).</summary>
internal sealed partial record SaleBody(
    string? Source, string? OrderId, int? Line, int? Revision, string? Kind, string? Product, string? ProductLine, decimal? Amount, string? Currency,
    string? OccurredAt, string? Channel, bool? FaceToFace, string? Click, string? Unionid, string? ExternalUserId)
{
    /// <summary>Null with the fault: what is missing or wrong, and how to write it.</summary>
    public static Sale? Parse(string json, out string? fault)
    {
        try
        {
            var body = JsonSerializer.Deserialize(json, SaleJsonContext.Default.SaleBody);
            fault = body is null ? "The body is empty." : null;
            return body?.ToSale(out fault);
        }
        catch (JsonException exception)
        {
            fault = $"The body is not the JSON of a sale: {exception.Path ?? "$"} (line {(exception.LineNumber ?? 0) + 1}).";
            return null;
        }
    }

    public Sale? ToSale(out string? fault)
    {
        var missing = new (string Name, object? Value)[]
        {
            ("source", Source), ("orderId", OrderId), ("line", Line), ("revision", Revision), ("kind", Kind), ("product", Product),
            ("productLine", ProductLine), ("amount", Amount), ("currency", Currency), ("occurredAt", OccurredAt), ("channel", Channel), ("faceToFace", FaceToFace),
        }.Where(field => field.Value is null).Select(field => field.Name).ToArray();
        if (missing.Length > 0)
        {
            fault = $"Missing: {string.Join(", ", missing)}.";
            return null;
        }

        SaleKind? kind = Kind switch { "sale" => SaleKind.Sale, "cancel" => SaleKind.Cancel, "return" => SaleKind.Return, _ => null };
        if (kind is null)
        {
            fault = "kind must be sale, cancel or return.";
            return null;
        }

        // Without an offset the instant would depend on whose clock is meant.
        if (!WithOffset().IsMatch(OccurredAt!)
            || !DateTimeOffset.TryParse(OccurredAt, CultureInfo.InvariantCulture, DateTimeStyles.None, out var occurredAt))
        {
            fault = "occurredAt must be ISO 8601 with an offset, for example 2026-11-09T10:05:00+08:00.";
            return null;
        }

        fault = null;
        return new Sale(
            Source!, OrderId!, Line!.Value, Revision!.Value, kind.Value, Product!, ProductLine!, Amount!.Value, Currency!, occurredAt.ToUniversalTime(), Channel!,
            FaceToFace!.Value, NullIfEmpty(Click), NullIfEmpty(Unionid), NullIfEmpty(ExternalUserId));
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex WithOffset();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SaleBody))]
internal sealed partial class SaleJsonContext : JsonSerializerContext;
