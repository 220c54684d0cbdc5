using Npgsql;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.PostgreSql;

/// <summary>One try of a work, on a connection of its own.</summary>
internal sealed class PostgreSqlTry<T>(NpgsqlDataSource source, SqlDialect dialect, Func<SqlSession, ValueTask<T>> work, bool isOneStatement)
{
    /// <summary>After a failure: whether the server may have stored it nevertheless, the answer being lost.</summary>
    public bool MayBeStored { get; private set; }

    public async Task<T> RunAsync()
    {
        var connection = await source.OpenConnectionAsync(CancellationToken.None);
        await using var session = new SqlSession(connection, dialect, isOneStatement);
        if (isOneStatement)
        {
            MayBeStored = true;
            return await work(session);
        }

        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
        var result = await work(session);
        if (session.HasFailed)
        {
            // The server would answer this commit with a rollback and no error.
            throw new InvalidOperationException("A statement failed and its work went on: nothing of it was stored.");
        }

        MayBeStored = true;
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }
}
