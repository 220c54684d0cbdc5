using System.Globalization;
using System.Text;
using WeComOps.WeCom;
using WeComOps.WeCom.Callback;

namespace WeComOps.Chaos.Load;

/// <summary>
/// Delivers callbacks by WeCom's rules: five seconds, three tries, and another try only after a time-out or a broken
/// connection (doc 90930). Which node gets a try is the load balancer's choice, and it does not know who is alive.
/// </summary>
internal sealed class Poster(IReadOnlyList<Uri> nodes, SentLedger ledger, Dice dice, TimeProvider clock) : IDisposable
{
    private const int Tries = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(900);

    private readonly CallbackCrypto _crypto = new(Corp.CallbackToken, Corp.EncodingAesKey, Corp.Id);
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 128, UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5) })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    public void Dispose() => _http.Dispose();

    /// <summary>Sends one callback, now and then several times at once, and after the answer sometimes again.</summary>
    public async Task DeliverAsync(SentEvent sent, CancellationToken cancellationToken)
    {
        ledger.Send(sent);
        var atOnce = dice.Percent(5) ? 4 : 1;
        var answers = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => TryAsync(sent, cancellationToken)));
        if (answers.Contains(true) && dice.Percent(10))
        {
            await Task.Delay(dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(3)), clock, cancellationToken);
            await TryAsync(sent, cancellationToken);
        }
    }

    private async Task<bool> TryAsync(SentEvent sent, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            ledger.Try();
            try
            {
                using var request = Request(sent);
                using var answer = await _http.SendAsync(request, cancellationToken);
                if ((int)answer.StatusCode == 200)
                {
                    ledger.Acknowledge(sent);
                    return true;
                }

                ledger.Refuse(sent, (int)answer.StatusCode);
                return false;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // The only two cases in which WeCom tries again.
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }

        return false;
    }

    private HttpRequestMessage Request(SentEvent sent)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var nonce = dice.Below(int.MaxValue).ToString(CultureInfo.InvariantCulture);
        var encrypted = _crypto.Encrypt(sent.Xml);
        var query = $"?msg_signature={_crypto.Sign(timestamp, nonce, encrypted)}&timestamp={timestamp}&nonce={nonce}";
        return new HttpRequestMessage(HttpMethod.Post, new Uri(nodes[dice.Below(nodes.Count)], CallbackEndpoints.Path + query))
        {
            Content = new StringContent(
                $"<xml><ToUserName><![CDATA[{Corp.Id}]]></ToUserName><AgentID><![CDATA[{Corp.AgentId}]]></AgentID><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>",
                Encoding.UTF8, "text/xml"),
        };
    }
}
