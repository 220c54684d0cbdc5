using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tests.PostgreSql;

/// <summary>Whoever adds a step adds it to both engines, with types that read and sort alike.</summary>
public sealed class PostgreSqlSchemaTests : PostgreSqlTests
{
    private const string Ours = "table_schema = 'public' AND table_name <> 'schema_migrations'";

    [Fact]
    public void Both_engines_have_the_same_steps() => Assert.Equal(
        Migration.Load("Sqlite").Select(step => (step.Version, step.Name)), Migration.Load("PostgreSql").Select(step => (step.Version, step.Name)));

    [Fact]
    public async Task Both_engines_have_the_same_tables_and_columns()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = string.Join('\n', Migration.Load("Sqlite").Select(step => step.Sql));
        await command.ExecuteNonQueryAsync();
        command.CommandText = "SELECT t.name || '.' || c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";

        Assert.Equal(
            (await NamesAsync(command)).Order(StringComparer.Ordinal),
            (await Database.NamesAsync($"SELECT table_name || '.' || column_name FROM information_schema.columns WHERE {Ours}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Text_sorts_by_its_bytes_in_every_column() => Assert.Empty(await Database.NamesAsync(
        $"SELECT table_name || '.' || column_name FROM information_schema.columns WHERE {Ours} AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"));

    [Fact]
    public async Task Numbers_are_bigint_in_every_column() => Assert.Empty(await Database.NamesAsync(
        $"SELECT table_name || '.' || column_name || ' ' || data_type FROM information_schema.columns WHERE {Ours} AND data_type NOT IN ('text', 'bigint', 'bytea')"));

    [Fact]
    public async Task A_newer_schema_is_refused_for_writing_and_reading()
    {
        await Database.TamperAsync("INSERT INTO schema_migrations VALUES (9999, 'future', '')");

        Assert.Contains("newer", (await Assert.ThrowsAsync<StorageSchemaException>(OpenNodeAsync)).Message, StringComparison.Ordinal);
        Assert.Contains("newer", (await Assert.ThrowsAsync<StorageSchemaException>(() => Node().OpenReadOnlyAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_needs_the_schema_and_does_not_make_it()
    {
        await Database.TamperAsync("DELETE FROM schema_migrations");

        var refusal = await Assert.ThrowsAsync<StorageSchemaException>(() => Node().OpenReadOnlyAsync());

        Assert.Contains("wecomops migrate", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Database.AskAsync("SELECT count(*) FROM schema_migrations"));
    }

    [Fact]
    public async Task What_only_reads_cannot_write_even_past_the_stores()
    {
        var node = await Node().OpenReadOnlyAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => CommitAsync(node, changes => changes.Record(Given.Fact("1"))));
        await using var connection = await node.GetRequiredService<SqlEngine>().ConnectAsync(None);
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO branches (id, name) VALUES ('1', '')";
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync());
    }

    private static async Task<List<string>> NamesAsync(SqliteCommand command)
    {
        var names = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
