using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using WeComOps.Host.Tests.Cli;
using WeComOps.Host.Tests.Web;

namespace WeComOps.Host.Tests.Intake;

/// <summary>Callbacks that are odd, hostile or several at once.</summary>
public sealed class BadCallbackTests : IAsyncLifetime
{
    private readonly WorkFolder _folder = new();
    private CallbackNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await CallbackNode.StartAsync(_folder.FullName);

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_same_callback_four_times_at_once_is_kept_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _node.PostAsync(_node.Text(1))));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Single(await _node.StoredAsync());
    }

    [Fact]
    public async Task Fifty_customers_of_one_advisor_in_the_same_second_are_fifty()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => _node.PostAsync(Event("change_external_contact", "add_external_contact", $"<UserID>adv_001</UserID><ExternalUserID>wm{n}</ExternalUserID>"))));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(50, (await _node.StoredAsync()).Count);
    }

    [Fact]
    public async Task A_colleague_created_and_updated_in_the_same_second_are_two_events()
    {
        Assert.Equal(HttpStatusCode.OK, await _node.PostAsync(Event("change_contact", "create_user", "<UserID>a</UserID>")));
        Assert.Equal(HttpStatusCode.OK, await _node.PostAsync(Event("change_contact", "update_user", "<UserID>a</UserID>")));

        Assert.Equal(2, (await _node.StoredAsync()).Count);
    }

    [Fact]
    public async Task Events_without_a_message_id_or_a_time_are_told_apart_by_what_they_say()
    {
        foreach (var ticket in (string[])["a", "b", "a"])
        {
            Assert.Equal(HttpStatusCode.OK, await _node.PostAsync($"<xml><SuiteId>s</SuiteId><InfoType>suite_ticket</InfoType><SuiteTicket>{ticket}</SuiteTicket></xml>"));
        }

        Assert.Equal(2, (await _node.StoredAsync()).Count);
    }

    [Fact]
    public async Task An_unknown_event_is_kept() => Assert.Equal(HttpStatusCode.OK, await _node.PostAsync(Event("change_of_tomorrow", "shuffle", "<New>1</New>")));

    [Fact]
    public async Task Whatever_is_wrong_inside_a_rightly_signed_callback_the_answer_is_the_same()
    {
        HttpRequestMessage[] bad =
        [
            Tampered(plain => plain[^1] = 0),
            Tampered(plain => plain[^1] = 33),
            Tampered(plain => BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(16), plain.Length)),
            new CallbackForge(CallbackNode.Tenant, _node.Clock.GetUtcNow()) { CorpId = "wwforeign00000001" }.Post(_node.Http.BaseAddress!, _node.Text(1)),
            _node.Forge.Post(_node.Http.BaseAddress!, "no xml"),
        ];
        var answers = new List<string>();
        foreach (var request in bad)
        {
            using (request)
            {
                using var answer = await _node.Http.SendAsync(request);
                answer.Headers.Date = null;
                answers.Add($"{answer.StatusCode} {answer.Headers} {await answer.Content.ReadAsStringAsync()}");
            }
        }

        Assert.StartsWith("BadRequest", Assert.Single(answers.Distinct(StringComparer.Ordinal)), StringComparison.Ordinal);
        Assert.Empty(await _node.StoredAsync());
    }

    [Theory]
    [InlineData("<!DOCTYPE xml [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><xml><MsgType>&a;</MsgType></xml>")]
    [InlineData("<!DOCTYPE xml SYSTEM \"http://127.0.0.1:9/x.dtd\"><xml/>")]
    [InlineData("<!DOCTYPE xml [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><xml>&b;</xml>")]
    public async Task Document_types_and_entities_are_refused_and_never_followed(string message)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await _node.PostAsync(message));
        Assert.Empty(await _node.StoredAsync());
    }

    [Fact]
    public async Task Ten_thousand_levels_and_ten_mebibytes_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 10_000)) + string.Concat(Enumerable.Repeat("</a>", 10_000));

        Assert.Equal(HttpStatusCode.BadRequest, await _node.PostAsync(deep));
        Assert.Equal(HttpStatusCode.BadRequest, await _node.PostAsync(_node.Forge.Post(_node.Http.BaseAddress!, _node.Text(1), envelope: _ => deep)));
        Assert.False(await IsTakenAsync(new string('x', 10 * 1024 * 1024)));
        Assert.Empty(await _node.StoredAsync());
        Assert.Equal(HttpStatusCode.OK, await _node.PostAsync(_node.Text(2)));
    }

    [Fact]
    public async Task A_body_that_drips_is_given_up_while_others_are_served()
    {
        using var request = _node.Forge.Post(_node.Http.BaseAddress!, _node.Text(1));
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _node.Http.BaseAddress!.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {request.RequestUri!.PathAndQuery} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n<\r\n"));

        Assert.Equal(HttpStatusCode.OK, await _node.PostAsync(_node.Text(2)));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Assert.StartsWith("HTTP/1.1 408", await reader.ReadLineAsync(patience.Token), StringComparison.Ordinal);
        Assert.Single(await _node.StoredAsync());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain; charset=gbk")]
    public async Task What_a_body_says_it_is_does_not_matter_when_its_signature_holds(string contentType)
    {
        var request = _node.Forge.Post(_node.Http.BaseAddress!, _node.Text(1));
        request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        Assert.Equal(HttpStatusCode.OK, await _node.PostAsync(request));
        Assert.Equal(_node.Text(1), Assert.Single(await _node.StoredAsync()).Body);
    }

    private string Event(string name, string change, string rest) =>
        $"<xml><ToUserName>{CallbackNode.Tenant.CorpId}</ToUserName><FromUserName>sys</FromUserName><CreateTime>{_node.Clock.GetUtcNow().ToUnixTimeSeconds()}</CreateTime><MsgType>event</MsgType><Event>{name}</Event><ChangeType>{change}</ChangeType>{rest}</xml>";

    private HttpRequestMessage Tampered(Action<byte[]> tamper) => _node.Forge.Post(_node.Http.BaseAddress!, _node.Text(1), tamper: tamper);

    /// <summary>A server may answer, or close while more is still being sent.</summary>
    private async Task<bool> IsTakenAsync(string message)
    {
        try
        {
            return await _node.PostAsync(message) == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
