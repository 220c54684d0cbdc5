using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using WeComOps.Inbox;
using WeComOps.WeCom.Callback;

namespace WeComOps.WeCom.Tests.Callback;

public sealed class CallbackEndpointTests
{
    private const string Message = "<xml><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[客户]]></Event></xml>";
    private static readonly CallbackCrypto Foreign = new(Vectors.Token, Vectors.Key, "wwANOTHERCORP");

    [Fact]
    public async Task A_message_is_stored_raw_and_answered_200_with_an_empty_body()
    {
        await using var host = await CallbackHost.StartAsync();
        host.Clock.Advance(TimeSpan.FromTicks(12_345_678));

        await AnsweredAsync(HttpStatusCode.OK, await host.PostAsync(Message));

        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Message)));
        Assert.Equal(new ReceivedMessage(id, ManualClock.Start.AddMilliseconds(1234), Message), Assert.Single(host.Intake.Stored));
    }

    [Fact]
    public async Task Two_sendings_of_one_message_have_one_id_and_two_messages_have_two()
    {
        await using var host = await CallbackHost.StartAsync();
        await host.PostAsync(Message);
        await host.PostAsync(Message);
        await host.PostAsync(Message.Replace("客户", "客户群", StringComparison.Ordinal));

        var ids = host.Intake.Stored.Select(static message => message.Id).ToList();
        Assert.Equal(3, ids.Count);
        Assert.Equal(ids[0], ids[1]);
        Assert.NotEqual(ids[0], ids[2], StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("%2B")]
    [InlineData("+")]
    public async Task The_check_of_the_url_is_answered_with_the_plaintext_only(string plus)
    {
        await using var host = await CallbackHost.StartAsync();
        var echo = Vectors.EchoCipher.Replace("/", "%2F", StringComparison.Ordinal).Replace("=", "%3D", StringComparison.Ordinal)
            .Replace("+", plus, StringComparison.Ordinal);
        var response = await host.Client.GetAsync(new Uri(
            $"/wecom/callback?msg_signature={Vectors.EchoSignature}&timestamp={Vectors.EchoTimestamp}&nonce={Vectors.EchoNonce}&echostr={echo}",
            UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Encoding.UTF8.GetBytes(Vectors.Echo), await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_captured_message_cannot_be_read_as_an_echo()
    {
        await using var host = await CallbackHost.StartAsync();
        var response = await host.Client.GetAsync(new Uri(
            $"/wecom/callback?msg_signature={Vectors.PostSignature}&timestamp={Vectors.PostTimestamp}&nonce={Vectors.PostNonce}&echostr={Uri.EscapeDataString(Vectors.PostCipher)}",
            UriKind.Relative));

        await AnsweredAsync(HttpStatusCode.BadRequest, response);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?timestamp=1&nonce=n&echostr=e")]
    [InlineData("?msg_signature=&timestamp=1&nonce=n&echostr=e")]
    [InlineData("?msg_signature=s&timestamp=1&nonce=n&nonce=m&echostr=e")]
    [InlineData("?msg_signature=s&timestamp=1&nonce=n")]
    public async Task A_check_without_its_parameters_is_refused(string query)
    {
        await using var host = await CallbackHost.StartAsync();
        await AnsweredAsync(HttpStatusCode.BadRequest, await host.Client.GetAsync(new Uri("/wecom/callback" + query, UriKind.Relative)));
    }

    [Fact]
    public async Task A_forged_check_is_refused()
    {
        await using var host = await CallbackHost.StartAsync();
        await AnsweredAsync(HttpStatusCode.Forbidden, await host.Client.GetAsync(new Uri(
            $"/wecom/callback?msg_signature={Vectors.PostSignature}&timestamp=1&nonce=n&echostr={Uri.EscapeDataString(Vectors.EchoCipher)}", UriKind.Relative)));
    }

    [Theory]
    [InlineData(-300, HttpStatusCode.OK)]
    [InlineData(300, HttpStatusCode.OK)]
    [InlineData(-301, HttpStatusCode.Forbidden)]
    [InlineData(301, HttpStatusCode.Forbidden)]
    public async Task A_message_is_taken_within_300_seconds_of_now(int seconds, HttpStatusCode expected)
    {
        await using var host = await CallbackHost.StartAsync();
        var timestamp = ManualClock.Start.AddSeconds(seconds).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        await AnsweredAsync(expected, await host.PostAsync(Message, timestamp: timestamp));
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, host.Intake.Stored.Count);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("1767225600.0")]
    [InlineData("99999999999999999999")]
    [InlineData("17672256001767225600")]
    public async Task A_timestamp_that_is_none_is_refused(string timestamp)
    {
        await using var host = await CallbackHost.StartAsync();
        await RefusedAsync(host, HttpStatusCode.Forbidden, host.PostAsync(Message, timestamp: timestamp));
    }

    [Fact]
    public async Task A_forged_message_is_refused()
    {
        await using var host = await CallbackHost.StartAsync();
        await RefusedAsync(host, HttpStatusCode.Forbidden, host.PostAsync(Message, new CallbackCrypto("other", Vectors.Key, Vectors.Corp)));
        await RefusedAsync(host, HttpStatusCode.Forbidden, host.PostBodyAsync(CallbackHost.Envelope(Vectors.EventCipher), new string('0', 40)));
    }

    [Fact]
    public async Task A_message_for_another_corp_or_under_another_key_is_refused()
    {
        await using var host = await CallbackHost.StartAsync();
        await RefusedAsync(host, HttpStatusCode.BadRequest, host.PostAsync(Message, Foreign));
        await RefusedAsync(host, HttpStatusCode.BadRequest, host.PostAsync(Message, new CallbackCrypto(Vectors.Token, Vectors.OtherKey, Vectors.Corp)));
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    [InlineData("QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=")]
    public async Task A_rightly_signed_ciphertext_that_is_none_is_refused(string cipher)
    {
        await using var host = await CallbackHost.StartAsync();
        await RefusedAsync(host, HttpStatusCode.BadRequest, host.PostCipherAsync(cipher));
    }

    [Theory]
    [InlineData("<!DOCTYPE xml><xml/>")]
    [InlineData("<!DOCTYPE xml [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><xml><Content>&a;</Content></xml>")]
    [InlineData("no xml")]
    public async Task An_inner_text_that_is_no_harmless_xml_is_refused(string message)
    {
        await using var host = await CallbackHost.StartAsync();
        await RefusedAsync(host, HttpStatusCode.BadRequest, host.PostAsync(message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no xml")]
    [InlineData("<xml></xml>")]
    [InlineData("<xml><Encrypt></Encrypt></xml>")]
    [InlineData("<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>")]
    [InlineData("<xml><Encrypt><b>a</b></Encrypt></xml>")]
    [InlineData("<!DOCTYPE xml [<!ENTITY a \"AAAA\">]><xml><Encrypt>&a;</Encrypt></xml>")]
    [InlineData("<!DOCTYPE xml SYSTEM \"http://127.0.0.1:9/x.dtd\"><xml><Encrypt>a</Encrypt></xml>")]
    public async Task An_envelope_that_is_none_is_refused(string body)
    {
        await using var host = await CallbackHost.StartAsync();
        await RefusedAsync(host, HttpStatusCode.BadRequest, host.PostBodyAsync(body, new string('0', 40)));
    }

    [Fact]
    public async Task A_declaration_in_front_of_the_envelope_does_no_harm()
    {
        await using var host = await CallbackHost.StartAsync();
        var crypto = new CallbackCrypto(Vectors.Token, Vectors.Key, Vectors.Corp);
        var cipher = crypto.Encrypt(Message);
        var body = "\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + CallbackHost.Envelope(cipher);

        await AnsweredAsync(HttpStatusCode.OK, await host.PostBodyAsync(body, crypto.Sign(host.Now, "nonce", cipher)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_one_mebibyte_is_refused_announced_or_not(bool chunked)
    {
        await using var host = await CallbackHost.StartAsync();
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"/wecom/callback?msg_signature={new string('0', 40)}&timestamp={host.Now}&nonce=n")
        {
            Content = new ByteArrayContent(new byte[(1024 * 1024) + 1]),
        };
        request.Headers.TransferEncodingChunked = chunked;

        await AnsweredAsync(HttpStatusCode.RequestEntityTooLarge, await host.Client.SendAsync(request));
    }

    [Theory]
    [InlineData(Vectors.Token, Vectors.Key)]
    [InlineData("oldtoken", Vectors.OtherKey)]
    [InlineData(Vectors.Token, Vectors.OtherKey)]
    [InlineData("oldtoken", Vectors.Key)]
    public async Task During_a_change_of_keys_old_and_new_are_taken(string token, string key)
    {
        await using var host = await CallbackHost.StartAsync(
            ("WeCom:Callback:PreviousToken", "oldtoken"), ("WeCom:Callback:PreviousEncodingAesKey", Vectors.OtherKey));

        await AnsweredAsync(HttpStatusCode.OK, await host.PostAsync(Message, new CallbackCrypto(token, key, Vectors.Corp)));
        await RefusedAsync(host, HttpStatusCode.Forbidden, host.PostAsync(Message, new CallbackCrypto("older", key, Vectors.Corp)), alreadyStored: 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_durable_message_the_connection_is_closed_without_an_answer(bool disk)
    {
        await using var host = await CallbackHost.StartAsync();
        host.Intake.Failure = disk ? new IOException("disk full") : new InvalidOperationException("defect");
        var crypto = new CallbackCrypto(Vectors.Token, Vectors.Key, Vectors.Corp);
        var cipher = crypto.Encrypt(Message);
        var body = CallbackHost.Envelope(cipher);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, host.Client.BaseAddress!.Port);
        await socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes(
            $"POST /wecom/callback?msg_signature={crypto.Sign(host.Now, "n", cipher)}&timestamp={host.Now}&nonce=n HTTP/1.1\r\nHost: x\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));

        Assert.Equal(0, await ReadSomeAsync(socket.GetStream()));
    }

    private static async Task<int> ReadSomeAsync(NetworkStream stream)
    {
        try
        {
            return await stream.ReadAsync(new byte[1]);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static async Task RefusedAsync(CallbackHost host, HttpStatusCode expected, Task<HttpResponseMessage> request, int alreadyStored = 0)
    {
        await AnsweredAsync(expected, await request);
        Assert.Equal(alreadyStored, host.Intake.Stored.Count);
    }

    private static async Task AnsweredAsync(HttpStatusCode expected, HttpResponseMessage response)
    {
        Assert.Equal(expected, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }
}
