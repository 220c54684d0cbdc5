using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Sqlite;

/// <summary>One caller's work waiting for the writer.</summary>
internal abstract class SqliteWork(bool isOneStatement, CancellationToken cancellationToken)
{
    public bool IsOneStatement => isOneStatement;

    public bool IsCancelled => cancellationToken.IsCancellationRequested;

    public abstract ValueTask RunAsync(SqlSession session);

    /// <summary>The work fails alone, or was cancelled before it began.</summary>
    public abstract void Refuse(Exception reason);

    /// <summary>Tells the caller, once the transaction is durable.</summary>
    public abstract void Complete();

    /// <summary>Nothing of the transaction is durable.</summary>
    public abstract void Fail(IOException reason);

    public void Cancel() => Refuse(new OperationCanceledException(cancellationToken));
}

internal sealed class SqliteWork<T>(Func<SqlSession, ValueTask<T>> work, bool isOneStatement, CancellationToken cancellationToken)
    : SqliteWork(isOneStatement, cancellationToken)
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _refusal;

    public Task<T> Completion => _completion.Task;

    public override async ValueTask RunAsync(SqlSession session) => _result = await work(session);

    public override void Refuse(Exception reason) => _refusal = reason;

    public override void Complete()
    {
        switch (_refusal)
        {
            case null:
                _completion.SetResult(_result!);
                break;
            case OperationCanceledException cancelled:
                _completion.SetCanceled(cancelled.CancellationToken);
                break;
            default:
                _completion.SetException(_refusal);
                break;
        }
    }

    public override void Fail(IOException reason)
    {
        // Its own mistake is the better message, and is as true when the transaction is gone.
        if (_refusal is not null)
        {
            Complete();
            return;
        }

        _completion.SetException(reason);
    }
}
