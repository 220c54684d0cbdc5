using System.Collections.Concurrent;

namespace WeComOps.Chaos.Vendor;

/// <summary>One thing that WeCom created: a moment task or a group post.</summary>
/// <param name="Id">moment_id or msgid.</param>
/// <param name="Text">As it was sent.</param>
internal sealed record CreatedPush(string Id, string JobId, string Text, IReadOnlyList<string> Executors, DateTimeOffset At, bool IsMoment);

/// <summary>The other ledger: what the product's calls have brought about, whatever it was told of them.</summary>
internal sealed class Effects
{
    private readonly ConcurrentDictionary<string, int> _messages = new();

    public ConcurrentQueue<CreatedPush> Pushes { get; } = new();

    /// <summary>Messages to advisors by what tells them apart: a card's task id, a text's content.</summary>
    public IReadOnlyDictionary<string, int> Messages => _messages;

    /// <summary>Calls by path.</summary>
    public ConcurrentDictionary<string, int> Calls { get; } = new();

    /// <summary>Faults by kind.</summary>
    public ConcurrentDictionary<string, int> Faults { get; } = new();

    /// <summary>Paths that the rig does not know: it must not pretend.</summary>
    public ConcurrentDictionary<string, int> UnknownPaths { get; } = new();

    public void Message(string key) => Count(_messages, key);

    public static void Count(ConcurrentDictionary<string, int> counters, string key) => counters.AddOrUpdate(key, 1, static (_, count) => count + 1);
}
