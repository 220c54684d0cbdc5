using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Books;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Wire;

/// <summary>What reaches the product from outside WeCom: phones that open links, scanners, and the shop's order system.</summary>
internal sealed class Outside(HttpClient http, SandboxOptions options, TimeProvider clock)
{
    private const int SaleTries = 3;
    private readonly byte[] _secret = Convert.FromBase64String(options.SalesSigningSecret["whsec_".Length..]);

    /// <summary>Address of the product, scheme, host and port; null before it is connected.</summary>
    public Uri? Product { get; set; }

    /// <summary>Opens a link as WeChat on a phone does, without following the redirect; returns the click id and the path it leads to.</summary>
    public async Task<(string? ClickId, string? Path)> OpenAsync(string url, Customer customer, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, url, PhoneAgent(customer), string.Create(CultureInfo.InvariantCulture, $"10.{customer.Index >> 16 & 255}.{customer.Index >> 8 & 255}.{customer.Index & 255}"));
        if (request is null) return (null, null);
        using var answer = await SendAsync(request, cancellationToken);
        if (answer?.Headers.Location is not { } location) return (null, null);
        var absolute = location.IsAbsoluteUri ? location : new Uri(new Uri("https://shop.invalid"), location);
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(absolute.Query);
        return (query.TryGetValue("wc", out var click) ? click.ToString() : null, absolute.AbsolutePath);
    }

    /// <summary>Opens a link as a link scanner or a preview does.</summary>
    public async Task ScanAsync(string url, bool head, CancellationToken cancellationToken)
    {
        using var request = Request(head ? HttpMethod.Head : HttpMethod.Get, url, head ? PhoneAgent(null) : "Mozilla/5.0 (compatible; LinkPreviewBot/1.0; +https://bot.example.com)", "172.16.0.9");
        if (request is null) return;
        using var answer = await SendAsync(request, cancellationToken);
    }

    /// <summary>Reports a line of an order, signed (Standard Webhooks); true when it was answered with success.</summary>
    public async Task<bool> ReportAsync(string id, byte[] body, CancellationToken cancellationToken)
    {
        if (Product is not { } product) return false;
        for (var attempt = 1; attempt <= SaleTries; attempt++)
        {
            var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(product, "/api/v1/sales"));
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", timestamp);
            request.Headers.Add("webhook-signature", "v1," + Sign(id, timestamp, body));
            try
            {
                using var answer = await http.SendAsync(request, cancellationToken);
                if (answer.IsSuccessStatusCode) return true;
            }
            catch (HttpRequestException) when (attempt < SaleTries)
            {
                // The order system tries again, with the same id.
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        return false;
    }

    public string Sign(string id, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return Convert.ToBase64String(HMACSHA256.HashData(_secret, signed));
    }

    public static byte[] SaleBody(Sale sale, bool cancel) => Json.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("source", "shop");
        writer.WriteString("orderId", sale.OrderId);
        writer.WriteNumber("line", 1);
        writer.WriteNumber("revision", cancel ? 2 : 1);
        writer.WriteString("kind", cancel ? "cancel" : "sale");
        writer.WriteString("product", sale.Product);
        writer.WriteString("productLine", sale.ProductLine);
        writer.WriteNumber("amount", sale.Amount);
        writer.WriteString("currency", "CNY");
        writer.WriteString("occurredAt", ShanghaiTime.Iso(cancel ? sale.CancelledAt!.Value : sale.At));
        writer.WriteString("channel", sale.FaceToFace ? "branch" : "mobile");
        writer.WriteBoolean("faceToFace", sale.FaceToFace);
        if (sale.Click?.ClickId is { } click) writer.WriteString("click", click);
        writer.WriteString("unionid", sale.Customer.UnionId);
        writer.WriteEndObject();
    });

    /// <summary>The answer, or null when the page could not be reached: then the person sees an error and goes on with their day.</summary>
    private async Task<HttpResponseMessage?> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private HttpRequestMessage? Request(HttpMethod method, string url, string agent, string address)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)) return null;
        // A public name of the product leads to its real address, as DNS would; nothing else outside is ever called.
        if (!uri.IsLoopback) uri = Product is { } product && uri.AbsolutePath.StartsWith("/l/", StringComparison.Ordinal) ? new Uri(product, uri.PathAndQuery) : null;
        if (uri is null) return null;
        var request = new HttpRequestMessage(method, uri);
        request.Headers.TryAddWithoutValidation("User-Agent", agent);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        return request;
    }

    /// <summary>A phone with WeChat; the build differs from person to person as phones do.</summary>
    private static string PhoneAgent(Customer? customer) => string.Create(CultureInfo.InvariantCulture,
        $"Mozilla/5.0 (Linux; Android 14; V2309A Build/UP1A.{231005 + (customer?.Index ?? -1)}; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 XWEB/1260 MMWEBSDK/20240801 MicroMessenger/8.0.50.2700(0x2800323E) WeChat/arm64 NetType/WIFI Language/zh_CN");
}
