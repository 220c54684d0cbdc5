using System.Runtime.InteropServices;
using System.Threading.Channels;
using WeComOps.Inbox;

namespace WeComOps.Storage.Spill;

/// <summary>
/// Callbacks that come while others are being made durable go into the next batch together: many share one commit, or one flush of
/// the spill file. Each caller is told after it.
/// </summary>
internal sealed class SpillingIntake : IIntake, IAsyncDisposable
{
    /// <summary>Callers beyond this wait: memory stays bounded when the disk does not keep up.</summary>
    private const int QueueLength = 8192;
    private const int LargestBatch = 1024;
    private const int LargestBatchChars = 2 * 1024 * 1024;

    private readonly SpillCircuit _circuit;
    private readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Task _loop;

    public SpillingIntake(SpillCircuit circuit)
    {
        _circuit = circuit;
        _loop = Task.Run(DrainAsync);
    }

    public Task StoreAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        var pending = new Pending(message);
        return _queue.Writer.TryWrite(pending) ? pending.Task : QueueAsync(pending, cancellationToken);
    }

    /// <summary>Finishes everything that was accepted.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
    }

    private async Task QueueAsync(Pending pending, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(pending, cancellationToken);
        }
        catch (ChannelClosedException e)
        {
            throw new IOException("The service is stopping: nothing is taken any more.", e);
        }

        await pending.Task;
    }

    private async Task DrainAsync()
    {
        var batch = new List<Pending>(LargestBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            var chars = 0;
            while (batch.Count < LargestBatch && chars < LargestBatchChars && _queue.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
                chars += pending.Message.Body.Length;
            }

            await StoreAsync(batch);
            batch.Clear();
        }
    }

    private async Task StoreAsync(List<Pending> batch)
    {
        try
        {
            await _circuit.StoreAsync(Messages(batch));
        }
        catch (Exception e)
        {
            // Whatever it was, no caller may believe that its message is durable.
            foreach (var pending in batch)
            {
                pending.SetException(e as IOException ?? new IOException("The message could not be stored.", e));
            }

            return;
        }

        foreach (var pending in batch)
        {
            pending.SetResult();
        }
    }

    /// <summary>An array of its own for each batch: a store that was too slow may still be reading the last one.</summary>
    private static ReceivedMessage[] Messages(List<Pending> batch)
    {
        var messages = new ReceivedMessage[batch.Count];
        var pendings = CollectionsMarshal.AsSpan(batch);
        for (var i = 0; i < messages.Length; i++)
        {
            messages[i] = pendings[i].Message;
        }

        return messages;
    }

    private sealed class Pending(ReceivedMessage message) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public ReceivedMessage Message => message;
    }
}
