using System.Collections.Concurrent;
using WeComOps.Chaos.Nodes;

namespace WeComOps.Chaos.Load;

/// <summary>A redirect that a customer was given.</summary>
/// <param name="Id">The click's, as the order system would report it.</param>
internal sealed record AnsweredClick(string Id, string Node, DateTimeOffset At);

/// <summary>Customers who open tracked links, on any node, alive or not.</summary>
internal sealed class Clicks(IReadOnlyList<Node> nodes, Dice dice, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(150);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };

    public ConcurrentQueue<AnsweredClick> Answered { get; } = new();

    public void Dispose() => _http.Dispose();

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        while (!stop.IsCancellationRequested)
        {
            await FollowAsync(nodes[dice.Below(nodes.Count)], Corp.LinkTokens[dice.Below(Corp.LinkTokens.Count)]);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task FollowAsync(Node node, string token)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(node.Address, "/l/" + token));
            if (answer.Headers.Location?.Query is { } query && query.StartsWith("?wc=", StringComparison.Ordinal))
            {
                Answered.Enqueue(new AnsweredClick(query["?wc=".Length..], node.Name, clock.GetUtcNow()));
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            // A node that is down or slow: the customer gives up, and nobody was told anything.
        }
    }
}
