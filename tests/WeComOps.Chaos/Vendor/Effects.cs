using System.Collections.Concurrent;

namespace WeComOps.Chaos.Vendor;

/// <summary>One thing that WeCom created: a moment task or a group post.</summary>
/// <param name="Id">moment_id or msgid.</param>
/// <param name="Text">As it was sent.</param>
internal sealed record CreatedPush(string Id, string JobId, string Text, IReadOnlyList<string> Executors, DateTimeOffset At, bool IsMoment);

/// <summary>A creating call that reached WeCom.</summary>
/// <param name="At">The last time, if there were several.</param>
/// <param name="Spoiled">The rig gave no usable answer to it, or only when the product no longer listened.</param>
internal sealed record CallSeen(DateTimeOffset At, bool Spoiled);

/// <summary>The other ledger: what the product's calls have brought about, whatever it was told of them.</summary>
internal sealed class Effects
{
    private readonly ConcurrentDictionary<string, int> _messages = new();

    public ConcurrentQueue<CreatedPush> Pushes { get; } = new();

    /// <summary>Messages to advisors by what tells them apart: a card's task id, a text's content.</summary>
    public IReadOnlyDictionary<string, int> Messages => _messages;

    /// <summary>Who was added by whom and when, in Unix seconds, as WeCom's own lists tell it, whether the callback got through or not.</summary>
    public ConcurrentDictionary<string, (string Advisor, long At)> Friends { get; } = new();

    /// <summary>Who has left which group.</summary>
    public ConcurrentDictionary<string, string> Left { get; } = new();

    /// <summary>Calls by path.</summary>
    public ConcurrentDictionary<string, int> Calls { get; } = new();

    /// <summary>Creating calls by what tells them apart: a push's text, a card's task id, a message's content.</summary>
    public ConcurrentDictionary<string, CallSeen> Asked { get; } = new();

    /// <summary>Faults by kind.</summary>
    public ConcurrentDictionary<string, int> Faults { get; } = new();

    /// <summary>Paths that the rig does not know: it must not pretend.</summary>
    public ConcurrentDictionary<string, int> UnknownPaths { get; } = new();

    public void Ask(string key, DateTimeOffset at, bool spoiled) =>
        Asked.AddOrUpdate(key, _ => new CallSeen(at, spoiled), (_, before) => new CallSeen(at, before.Spoiled || spoiled));

    public void Message(string key) => Count(_messages, key);

    public static void Count(ConcurrentDictionary<string, int> counters, string key) => counters.AddOrUpdate(key, 1, static (_, count) => count + 1);
}
