using System.Net;
using WeComOps.Host.Tests.Web;
using WeComOps.Ledger;

namespace WeComOps.Host.Tests;

public sealed class ServedSaleTests(ServedProduct product) : IClassFixture<ServedProduct>
{
    private static readonly string OtherSecret = "whsec_" + Convert.ToBase64String(new byte[32]);

    [Fact]
    public async Task An_unsigned_sale_is_refused_and_leaves_nothing() =>
        await RefusedAsync(HttpStatusCode.Unauthorized, await product.SellAsync(Body("unsigned"), signed: false));

    [Fact]
    public async Task A_wrongly_signed_sale_is_refused_and_leaves_nothing() =>
        await RefusedAsync(HttpStatusCode.Unauthorized, await product.SellAsync(Body("wrong"), OtherSecret));

    [Fact]
    public async Task A_stale_sale_is_refused_and_leaves_nothing() =>
        await RefusedAsync(HttpStatusCode.Unauthorized, await product.SellAsync(Body("stale"), age: TimeSpan.FromSeconds(301)));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"source\":\"shop\"}")]
    public async Task A_malformed_sale_is_refused_and_leaves_nothing(string body) => await RefusedAsync(HttpStatusCode.UnprocessableEntity, await product.SellAsync(body));

    [Fact]
    public async Task A_sale_without_an_offset_of_time_is_refused_and_leaves_nothing() =>
        await RefusedAsync(HttpStatusCode.UnprocessableEntity, await product.SellAsync(Body("offset").Replace("+08:00", string.Empty, StringComparison.Ordinal)));

    [Fact]
    public async Task The_same_sale_twice_is_one()
    {
        for (var again = 0; again < 2; again++)
        {
            using var answer = await product.SellAsync(Body("twice"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Single(await product.FactsAsync(FactKind.SaleMade), fact => fact.Id.Contains("twice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cancellation_before_its_sale_is_to_be_sent_again_later()
    {
        using var early = await product.SellAsync(Body("cancelled", "cancel", revision: 2));
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.DoesNotContain(await product.FactsAsync(FactKind.SaleCancelled), fact => fact.Id.Contains("cancelled", StringComparison.Ordinal));
        using var sale = await product.SellAsync(Body("cancelled"));
        Assert.Equal(HttpStatusCode.OK, sale.StatusCode);
        using var late = await product.SellAsync(Body("cancelled", "cancel", revision: 2).Replace("2026-10-18", "2026-10-23", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        var cancellation = Assert.Single(await product.FactsAsync(FactKind.SaleCancelled), fact => fact.Id.Contains("cancelled", StringComparison.Ordinal));
        var sold = Assert.Single(await product.FactsAsync(FactKind.SaleMade), fact => fact.Ref == cancellation.Corrects);
        // A card reads two days after its week: a later cancellation still belongs to the week of its sale.
        Assert.Equal(sold.Day, cancellation.Day);
    }

    private static string Body(string order, string kind = "sale", int revision = 1) =>
        $$"""
        {"source":"shop","orderId":"{{order}}","line":1,"revision":{{revision}},"kind":"{{kind}}","product":"固享90天","productLine":"wealth","amount":10000.00,"currency":"CNY",
        "occurredAt":"2026-10-18T17:55:00+08:00","channel":"mobile","faceToFace":false}
        """;

    private async Task RefusedAsync(HttpStatusCode expected, HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.Equal(expected, answer.StatusCode);
            string[] accepted = ["twice", "cancelled"];
            Assert.DoesNotContain(await product.FactsAsync(FactKind.SaleMade), fact => !accepted.Any(order => fact.Id.Contains(order, StringComparison.Ordinal)));
        }
    }
}
