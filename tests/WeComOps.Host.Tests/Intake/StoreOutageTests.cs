using System.Net;
using System.Net.Sockets;
using System.Text;
using WeComOps.Host.Tests.Cli;

namespace WeComOps.Host.Tests.Intake;

/// <summary>The store goes away under callbacks, in every way that loses events elsewhere.</summary>
public sealed class StoreOutageTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task While_the_store_is_stopped_for_ten_minutes_every_callback_is_answered_and_later_stored_in_order()
    {
        await using var node = await CallbackNode.StartAsync(_folder.FullName);
        Assert.Equal("ready", await node.ReadyAsync());
        var expected = new List<string>();
        for (var second = 0; second < 720; second += 6)
        {
            node.Clock.MoveTo(CallbackNode.Start.AddSeconds(second));
            node.Store.IsStopped = second is >= 60 and < 660;
            var message = node.Text(second);
            expected.Add(message);
            Assert.Equal(HttpStatusCode.OK, await node.PostAsync(message));
            if (second == 300)
            {
                Assert.StartsWith("degraded", await node.ReadyAsync(), StringComparison.Ordinal);
            }
        }

        await node.ReplayAsync();

        var stored = await node.StoredAsync();
        Assert.Equal(120, stored.Count);
        Assert.Equal(expected, stored.Select(message => message.Body));
        // Each under the time at which it came, not the one at which the store took it.
        Assert.Equal(Enumerable.Range(0, 120).Select(n => CallbackNode.Start.AddSeconds(n * 6)), stored.Select(message => message.ReceivedAt));
        Assert.Equal("ready", await node.ReadyAsync());
    }

    [Fact]
    public async Task A_node_that_ends_during_the_outage_leaves_its_callbacks_to_the_next_one()
    {
        await using (var node = await CallbackNode.StartAsync(_folder.FullName))
        {
            node.Store.IsStopped = true;
            Assert.Equal(HttpStatusCode.OK, await node.PostAsync(node.Text(1)));
            Assert.Equal(HttpStatusCode.OK, await node.PostAsync(node.Text(2)));
        }

        await using var next = await CallbackNode.StartAsync(_folder.FullName);
        Assert.Equal(HttpStatusCode.OK, await next.PostAsync(next.Text(3)));
        await next.ReplayAsync();

        Assert.Equal([next.Text(1), next.Text(2), next.Text(3)], (await next.StoredAsync()).Select(message => message.Body));
    }

    [Fact]
    public async Task When_the_spill_is_full_too_the_connection_is_closed_without_an_answer_and_nothing_answered_is_lost()
    {
        await using var node = await CallbackNode.StartAsync(_folder.FullName, ("Storage:SpillLimitMb", "1"));
        node.Store.IsStopped = true;
        var answered = new List<string>();
        string? unanswered = null;
        for (var id = 0; unanswered is null; id++)
        {
            var message = node.Text(id, new string('x', 100_000));
            if (await AnswersAsync(node, message))
            {
                answered.Add(message);
            }
            else
            {
                unanswered = message;
            }
        }

        Assert.InRange(answered.Count, 8, 10);
        using var ready = await node.Http.GetAsync("/health/ready");
        Assert.StartsWith("degraded", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        node.Store.IsStopped = false;
        await node.ReplayAsync();
        Assert.Equal(answered, (await node.StoredAsync()).Select(message => message.Body));

        // WeCom tries again after a broken connection.
        Assert.True(await AnswersAsync(node, unanswered));
        Assert.Equal(answered.Count + 1, (await node.StoredAsync()).Count);
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_and_the_callback_delivered_again_are_one_effect()
    {
        await using var node = await CallbackNode.StartAsync(_folder.FullName);
        node.Store.LosesAnswers = true;
        Assert.Equal(HttpStatusCode.OK, await node.PostAsync(node.Text(1)));
        node.Store.LosesAnswers = false;

        Assert.Equal(HttpStatusCode.OK, await node.PostAsync(node.Text(1)));
        await node.ReplayAsync();
        Assert.Equal(HttpStatusCode.OK, await node.PostAsync(node.Text(1)));

        Assert.Single(await node.StoredAsync());
    }

    /// <summary>False when the connection ends without a byte of an answer.</summary>
    private static async Task<bool> AnswersAsync(CallbackNode node, string message)
    {
        using var request = node.Forge.Post(node.Http.BaseAddress!, message);
        var body = await request.Content!.ReadAsByteArrayAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, node.Http.BaseAddress!.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {request.RequestUri!.PathAndQuery} HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n\r\n"));
        await stream.WriteAsync(body);
        try
        {
            return await stream.ReadAsync(new byte[1]) == 1;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
