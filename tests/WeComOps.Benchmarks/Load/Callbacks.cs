using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WeComOps.WeCom.Callback;

namespace WeComOps.Benchmarks.Load;

/// <summary>What the callbacks say.</summary>
internal enum EventKind
{
    /// <summary>A customer's card was edited: nothing in the product handles it.</summary>
    Unhandled,

    /// <summary>A customer deleted the advisor: handled without a call to WeCom, and becomes one fact.</summary>
    Losses,
}

/// <param name="Bytes">The whole HTTP request.</param>
/// <param name="Id">SHA-256 of the decrypted message: under this the servers store it.</param>
internal readonly record struct PreparedCallback(byte[] Bytes, byte[] Id);

/// <summary>Makes callbacks as WeCom does, each with other content, signed with the current time, ready to be written to a socket.</summary>
internal sealed class Callbacks(EventKind kind, int port, TimeProvider clock)
{
    private const string Nonce = "1372623149";
    private readonly CallbackCrypto _crypto = new(Corp.Token, Corp.Key, Corp.Id);
    private readonly string _run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    private int _count;

    public PreparedCallback[] Prepare(int count)
    {
        var prepared = new PreparedCallback[count];
        for (var i = 0; i < count; i++)
        {
            prepared[i] = Next();
        }

        return prepared;
    }

    /// <summary>The message as WeCom encrypts it (docs 92130, 90240).</summary>
    public static string Message(EventKind kind, string advisor, string customer, long seconds) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <xml><ToUserName><![CDATA[{Corp.Id}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>{seconds}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_external_contact]]></Event><ChangeType><![CDATA[{(kind == EventKind.Losses ? "del_follow_user" : "edit_external_contact")}]]></ChangeType><UserID><![CDATA[{advisor}]]></UserID><ExternalUserID><![CDATA[{customer}]]></ExternalUserID></xml>
        """);

    /// <summary>The path with its query, and the body.</summary>
    public static (string Target, string Body) Seal(CallbackCrypto crypto, string message, long seconds)
    {
        var encrypted = crypto.Encrypt(message);
        var timestamp = seconds.ToString(CultureInfo.InvariantCulture);
        return (
            $"/wecom/callback?msg_signature={crypto.Sign(timestamp, Nonce, encrypted)}&timestamp={timestamp}&nonce={Nonce}",
            $"<xml><ToUserName><![CDATA[{Corp.Id}]]></ToUserName><AgentID><![CDATA[{Corp.AgentId}]]></AgentID><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>");
    }

    private PreparedCallback Next()
    {
        var number = _count++;
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        var advisor = string.Create(CultureInfo.InvariantCulture, $"advisor{number % 500:000}");
        var message = Message(kind, advisor, string.Create(CultureInfo.InvariantCulture, $"wmBench{_run}{number:000000000}AAAAA"), seconds);
        var (target, body) = Seal(_crypto, message, seconds);
        var request = string.Create(
            CultureInfo.InvariantCulture,
            $"POST {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: text/xml\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        return new PreparedCallback(Encoding.ASCII.GetBytes(request), SHA256.HashData(Encoding.UTF8.GetBytes(message)));
    }
}
