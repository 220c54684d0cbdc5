using WeComOps.Inbox;
using WeComOps.Storage.Spill;

namespace WeComOps.Storage.Tests.Spill;

/// <summary>A store that can be stopped: it then refuses, or says nothing at all.</summary>
internal sealed class MemoryLog : IMessageLog
{
    private readonly Lock _lock = new();
    private readonly List<ReceivedMessage> _messages = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public bool Refuses { get; set; }

    public bool Hangs { get; set; }

    /// <summary>The store works but never takes the message with this id.</summary>
    public string? Poison { get; set; }

    /// <summary>Refuses once it has taken so many more batches.</summary>
    public int? RefusesAfter { get; set; }

    /// <summary>Awaited before a batch is taken.</summary>
    public Task Slow { get; set; } = Task.CompletedTask;

    public int Calls { get; private set; }

    public IReadOnlyList<ReceivedMessage> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages];
            }
        }
    }

    public async Task StoreAsync(IReadOnlyList<ReceivedMessage> messages, CancellationToken cancellationToken)
    {
        await Slow;
        Calls++;
        if (Hangs)
        {
            await new TaskCompletionSource().Task;
        }

        if (Refuses || RefusesAfter-- <= 0)
        {
            throw new IOException("The store is away.");
        }

        if (messages.Any(message => message.Id == Poison))
        {
            throw new InvalidDataException("No.");
        }

        lock (_lock)
        {
            _messages.AddRange(messages.Where(message => _ids.Add(message.Id)));
        }
    }
}
