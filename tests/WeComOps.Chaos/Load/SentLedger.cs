using System.Collections.Concurrent;
using System.Globalization;

namespace WeComOps.Chaos.Load;

/// <summary>What WeCom sent and what was acknowledged: append-only, in memory and as lines of a file for whoever looks into a failure.</summary>
internal sealed class SentLedger(string file, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<int, SentEvent> _sent = new();
    private readonly ConcurrentDictionary<int, int> _acknowledged = new();
    private readonly Lock _lock = new();
    private readonly StreamWriter _lines = new(file) { AutoFlush = false };
    private long _tries;

    public IReadOnlyCollection<SentEvent> Sent => [.. _sent.Values];

    /// <summary>Answered 200 at least once.</summary>
    public IReadOnlyCollection<SentEvent> Acknowledged => [.. _acknowledged.Keys.Select(number => _sent[number])];

    public long Tries => Interlocked.Read(ref _tries);

    /// <summary>200s in all, repeated deliveries included.</summary>
    public long Answers => _acknowledged.Values.Sum(count => (long)count);

    public ConcurrentQueue<string> Refusals { get; } = new();

    public void Send(SentEvent sent)
    {
        _sent[sent.Number] = sent;
        Write("sent", sent);
    }

    public void Try() => Interlocked.Increment(ref _tries);

    public void Acknowledge(SentEvent sent)
    {
        _acknowledged.AddOrUpdate(sent.Number, 1, static (_, count) => count + 1);
        Write("acknowledged", sent);
    }

    /// <summary>Answered, but not with 200: WeCom does not try again.</summary>
    public void Refuse(SentEvent sent, int status)
    {
        Refusals.Enqueue(string.Create(CultureInfo.InvariantCulture, $"event {sent.Number} ({sent.Kind}): HTTP {status}"));
        Write(string.Create(CultureInfo.InvariantCulture, $"refused-{status}"), sent);
    }

    public void Dispose() => _lines.Dispose();

    private void Write(string what, SentEvent sent)
    {
        lock (_lock)
        {
            _lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():HH:mm:ss.fff} {what} {sent.Number} {sent.Id}"));
        }
    }
}
