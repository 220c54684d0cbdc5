using System.Threading.Channels;
using WeComOps.Inbox;

namespace WeComOps.Benchmarks.Servers;

/// <summary>A store that writes a batch as one durable transaction.</summary>
internal interface IGroupStore
{
    Task WriteAsync(IReadOnlyList<ReceivedMessage> messages);
}

/// <summary>(b2): one writer; what comes in during a commit goes into the next one. Nothing else: no spill, no recovery, no undo of one.</summary>
internal sealed class GroupIntake : IIntake
{
    private const int LargestBatch = 1024;
    private readonly Channel<(ReceivedMessage Message, TaskCompletionSource Done)> _queue =
        Channel.CreateUnbounded<(ReceivedMessage, TaskCompletionSource)>(new UnboundedChannelOptions { SingleReader = true });

    public GroupIntake(IGroupStore store) => _ = Task.Run(() => WriteAsync(store));

    public Task StoreAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Writer.TryWrite((message, done));
        return done.Task;
    }

    private async Task WriteAsync(IGroupStore store)
    {
        var messages = new List<ReceivedMessage>();
        var waiting = new List<TaskCompletionSource>();
        try
        {
            while (await _queue.Reader.WaitToReadAsync())
            {
                while (messages.Count < LargestBatch && _queue.Reader.TryRead(out var item))
                {
                    messages.Add(item.Message);
                    waiting.Add(item.Done);
                }

                await store.WriteAsync(messages);
                waiting.ForEach(static done => done.SetResult());
                messages.Clear();
                waiting.Clear();
            }
        }
        catch (Exception e)
        {
            // A bare server has no second way: the run is void.
            Environment.FailFast("The batch could not be written.", e);
        }
    }
}

internal sealed class SqliteGroup(string path) : IGroupStore
{
    private readonly SqliteTable _table = new(path);

    public Task WriteAsync(IReadOnlyList<ReceivedMessage> messages)
    {
        _table.Begin();
        foreach (var message in messages)
        {
            _table.Insert(message);
        }

        _table.Commit();
        return Task.CompletedTask;
    }
}
