using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WeComOps.Sandbox;

namespace WeComOps.Host.Tests.Web;

/// <summary>Makes callbacks as WeCom does, or nearly so: every part can be made wrong on purpose.</summary>
internal sealed class CallbackForge(SandboxOptions options, DateTimeOffset now)
{
    private const int PaddingBlock = 32;
    private const string Nonce = "1372623149";

    public string CorpId { get; init; } = options.CorpId;

    public string Token { get; init; } = options.CallbackToken;

    public string Message(string advisor, string text, long id) => string.Create(
        CultureInfo.InvariantCulture,
        $"<xml><ToUserName><![CDATA[{options.CorpId}]]></ToUserName><FromUserName><![CDATA[{advisor}]]></FromUserName><CreateTime>{now.ToUnixTimeSeconds()}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content><MsgId>{id}</MsgId><AgentID>{options.AgentId}</AgentID></xml>");

    public HttpRequestMessage Post(Uri product, string message, TimeSpan age = default, Func<string, string>? envelope = null, Action<byte[]>? tamper = null)
    {
        var timestamp = (now - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var encrypted = Encrypt(message, tamper);
        var body = $"<xml><ToUserName><![CDATA[{options.CorpId}]]></ToUserName><AgentID><![CDATA[{options.AgentId}]]></AgentID><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>";
        return new HttpRequestMessage(HttpMethod.Post, new Uri(product, $"/wecom/callback?msg_signature={Sign(timestamp, encrypted)}&timestamp={timestamp}&nonce={Nonce}"))
        {
            Content = new StringContent(envelope is null ? body : envelope(body), Encoding.UTF8, "text/xml"),
        };
    }

    private string Encrypt(string message, Action<byte[]>? tamper)
    {
        byte[] text = Encoding.UTF8.GetBytes(message), corp = Encoding.UTF8.GetBytes(CorpId), key = Convert.FromBase64String(options.EncodingAesKey + "=");
        var length = 20 + text.Length + corp.Length;
        var plain = new byte[length + PaddingBlock - (length % PaddingBlock)];
        RandomNumberGenerator.Fill(plain.AsSpan(0, 16));
        BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(16), text.Length);
        text.CopyTo(plain, 20);
        corp.CopyTo(plain, 20 + text.Length);
        plain.AsSpan(length).Fill((byte)(plain.Length - length));
        tamper?.Invoke(plain);
        using var aes = Aes.Create();
        aes.Key = key;
        return Convert.ToBase64String(aes.EncryptCbc(plain, key.AsSpan(0, 16), PaddingMode.None));
    }

    private string Sign(string timestamp, string encrypted)
    {
        string[] parts = [Token, timestamp, Nonce, encrypted];
        Array.Sort(parts, StringComparer.Ordinal);
#pragma warning disable CA5350 // SHA-1 is what WeCom's protocol prescribes
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts))));
#pragma warning restore CA5350
    }
}
