using System.Data.Common;

namespace WeComOps.Storage.Sql;

/// <summary>A writing connection inside a transaction, with its prepared statements. Used by one caller at a time.</summary>
/// <param name="connection">Disposed with the session.</param>
/// <param name="isOneStatement">There is no transaction around: a second statement would not be undone with the first, so it is refused.</param>
internal sealed class SqlSession(DbConnection connection, SqlDialect dialect, bool isOneStatement = false) : IAsyncDisposable
{
    private const int LargestBatch = 500;

    private readonly Dictionary<Statement, DbCommand> _commands = [];
    private int _statements;

    /// <summary>A statement failed. Where the engine undoes the whole transaction then, going on would store nothing.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Runs a statement with values in the order of its parameters; answers the number of rows it touched.</summary>
    public async ValueTask<int> ExecuteAsync(Statement statement, params object?[] values) =>
        await RunAsync(() => Bind(statement, values).ExecuteNonQueryAsync(CancellationToken.None));

    /// <summary>
    /// Runs a statement once for each row of values, in their order; where the engine is behind a network, without waiting for each
    /// answer. Counts as one statement.
    /// </summary>
    public async ValueTask ExecuteAllAsync(Statement statement, IEnumerable<object?[]> rows)
    {
        if (!connection.CanCreateBatch)
        {
            foreach (var row in rows)
            {
                await ExecuteAsync(statement, row);
            }

            return;
        }

        // Without a transaction around only one batch is all or nothing.
        foreach (var part in isOneStatement ? [rows.ToArray()] : rows.Chunk(LargestBatch))
        {
            await RunAsync(() => BatchAsync(statement, part));
        }
    }

    public async ValueTask<List<T>> QueryAsync<T>(Statement statement, Func<DbDataReader, T> map, params object?[] values) =>
        await RunAsync(async () =>
        {
            var rows = new List<T>();
            await using var reader = await Bind(statement, values).ExecuteReaderAsync(CancellationToken.None);
            while (await reader.ReadAsync(CancellationToken.None))
            {
                rows.Add(map(reader));
            }

            return rows;
        });

    /// <summary>
    /// Until the end of the transaction no other one passes this point with the same name: what is read after it stays true while
    /// what was concluded from it is written. Take it late and keep one order of names: it is held until the commit.
    /// </summary>
    public async ValueTask TakeTurnAsync(string name)
    {
        if (dialect.Turns is { } turns)
        {
            await QueryAsync(turns, _ => 0, name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync();
        }

        _commands.Clear();
        await connection.DisposeAsync();
    }

    private async ValueTask<T> RunAsync<T>(Func<Task<T>> run)
    {
        if (isOneStatement && ++_statements > 1)
        {
            throw new InvalidOperationException("This work was announced as one statement and runs a second one: announce it as more.");
        }

        try
        {
            return await run();
        }
        catch (DbException)
        {
            HasFailed = true;
            throw;
        }
    }

    private async Task<int> BatchAsync(Statement statement, object?[][] rows)
    {
        await using var batch = connection.CreateBatch();
        foreach (var row in rows)
        {
            var bound = Bind(statement, row);
            var command = batch.CreateBatchCommand();
            command.CommandText = bound.CommandText;
            foreach (ICloneable parameter in bound.Parameters)
            {
                command.Parameters.Add(parameter.Clone());
            }

            batch.BatchCommands.Add(command);
        }

        return rows.Length == 0 ? 0 : await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private DbCommand Bind(Statement statement, object?[] values)
    {
        if (values.Length != statement.Parameters.Count)
        {
            throw new ArgumentException($"{statement.Parameters.Count} values are needed, {values.Length} were given: {statement.Sql}", nameof(values));
        }

        var command = CommandOf(statement);
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] switch
            {
                null => DBNull.Value,
                string text => CleanText.Of(text),
                var value => value,
            };
        }

        return command;
    }

    private DbCommand CommandOf(Statement statement)
    {
        if (_commands.TryGetValue(statement, out var known))
        {
            return known;
        }

        var command = connection.CreateCommand();
        command.CommandText = dialect.Render(statement);
        foreach (var name in statement.Parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            command.Parameters.Add(parameter);
        }

        dialect.Describe(command, statement);
        _commands.Add(statement, command);
        return command;
    }
}
