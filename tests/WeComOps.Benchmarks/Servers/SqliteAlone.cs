using WeComOps.Inbox;

namespace WeComOps.Benchmarks.Servers;

/// <summary>(b): each callback is a transaction of its own, one after the other, each with its own fsync.</summary>
internal sealed class SqliteAlone(string path) : IIntake, IDisposable
{
    private readonly SqliteTable _table = new(path);
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async Task StoreAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _table.Insert(message);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
