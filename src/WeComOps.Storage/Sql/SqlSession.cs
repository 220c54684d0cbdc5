using System.Data.Common;

namespace WeComOps.Storage.Sql;

/// <summary>A writing connection inside a transaction, with its prepared statements. Used by one caller at a time.</summary>
internal sealed class SqlSession(DbConnection connection) : IAsyncDisposable
{
    private readonly Dictionary<Statement, DbCommand> _commands = [];

    public DbConnection Connection => connection;

    /// <summary>Runs a statement with values in the order of its parameters; answers the number of rows it touched.</summary>
    public async ValueTask<int> ExecuteAsync(Statement statement, params object?[] values) =>
        await Bind(statement, values).ExecuteNonQueryAsync(CancellationToken.None);

    public async ValueTask<List<T>> QueryAsync<T>(Statement statement, Func<DbDataReader, T> map, params object?[] values)
    {
        var rows = new List<T>();
        await using var reader = await Bind(statement, values).ExecuteReaderAsync(CancellationToken.None);
        while (await reader.ReadAsync(CancellationToken.None))
        {
            rows.Add(map(reader));
        }

        return rows;
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
        command.CommandText = statement.Sql;
        foreach (var name in statement.Parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            command.Parameters.Add(parameter);
        }

        _commands.Add(statement, command);
        return command;
    }
}
