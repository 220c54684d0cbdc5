using System.Text;
using Microsoft.Extensions.Options;
using WeComOps.Sales;

namespace WeComOps.Host.Web;

/// <summary>Where the bank's order system reports sales, signed by Standard Webhooks.</summary>
internal static class SaleEndpoints
{
    private const int LargestBody = 64 * 1024;

    public static void MapSales(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/api/v1/sales", ReceiveAsync).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> ReceiveAsync(
        HttpRequest request, RecordSale sales, IOptions<SalesOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await ReadAsync(request, cancellationToken) is not { } body)
        {
            return Results.Problem($"The body is larger than {LargestBody} bytes.", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        if (WebhookSignature.Refuse(request.Headers, body, options.Value.ReadKey()!, clock.GetUtcNow()) is { } refusal)
        {
            return Results.Problem(refusal, statusCode: StatusCodes.Status401Unauthorized);
        }

        var text = Encoding.UTF8.GetString(body);
        if (SaleBody.Parse(text, out var fault) is not { } sale)
        {
            return Results.Problem(fault, statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        return await sales.RecordAsync(sale, text, cancellationToken) switch
        {
            SaleOutcome.Recorded recorded => Results.Ok(new SaleReceipt(sale.Key, recorded.Duplicate)),
            SaleOutcome.TooEarly early => Results.Problem(early.Reason, statusCode: StatusCodes.Status409Conflict),
            SaleOutcome.Refused refused => Results.Problem(refused.Reason, statusCode: StatusCodes.Status422UnprocessableEntity),
            var other => throw new InvalidOperationException($"No such outcome: {other}."),
        };
    }

    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var buffer = new byte[LargestBody + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > LargestBody ? null : buffer[..length];
    }

    private sealed record SaleReceipt(string Sale, bool Duplicate);
}
