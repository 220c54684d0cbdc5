using System.Net;
using System.Text;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Wire;

/// <summary>Delivers callbacks as WeCom does: five seconds for an answer, three tries in all, then the event is gone (doc 90930).</summary>
internal sealed class CallbackSender(HttpClient http, CallbackCrypto crypto, SandboxOptions options, TimeProvider clock)
{
    private const int Tries = 3;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    /// <summary>Does the handshake that the admin console does when a callback URL is saved: the product must answer the decrypted echo.</summary>
    /// <exception cref="InvalidOperationException">The product did not answer 200 with exactly the echo.</exception>
    public async Task VerifyAsync(Uri callback, CancellationToken cancellationToken)
    {
        const string Echo = "1616140317555161061";
        var encrypted = crypto.Encrypt(Echo, Dice.Bytes16(options.Seed, "echo"));
        var nonce = Dice.Nonce(options.Seed, "echo");
        var query = crypto.SignedQuery(clock.GetUtcNow(), nonce, encrypted) + "&echostr=" + Uri.EscapeDataString(encrypted);
        using var answer = await http.GetAsync(new Uri(callback, callback.AbsolutePath + query), cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK || body != Echo)
            throw new InvalidOperationException($"The callback URL was not verified: HTTP {(int)answer.StatusCode}, {body.Length} characters.");
    }

    /// <summary>Posts one message; true when it was answered 200.</summary>
    /// <param name="name">Stable name of the event, from which nonce and random bytes are drawn.</param>
    public async Task<bool> PostAsync(Uri callback, string name, string xml, bool retryOnStatus, CancellationToken cancellationToken)
    {
        var encrypted = crypto.Encrypt(xml, Dice.Bytes16(options.Seed, name));
        var body = $"<xml><ToUserName><![CDATA[{options.CorpId}]]></ToUserName><AgentID><![CDATA[{options.AgentId}]]></AgentID><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>";
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var query = crypto.SignedQuery(clock.GetUtcNow(), Dice.Nonce(options.Seed, $"{name}#{attempt}"), encrypted);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(AnswerWithin);
            try
            {
                using var content = new StringContent(body, Encoding.UTF8, "text/xml");
                using var answer = await http.PostAsync(new Uri(callback, callback.AbsolutePath + query), content, limit.Token);
                if (answer.StatusCode == HttpStatusCode.OK) return true;
                if (!retryOnStatus) return false;
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // No answer: the next try, as WeCom does; after the last one the caller writes the loss into the journal.
            }
        }

        return false;
    }
}
