using Microsoft.Data.Sqlite;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Sqlite;

namespace WeComOps.Storage.Tests.Sqlite;

public sealed class SchemaMigratorTests : IAsyncLifetime
{
    private static readonly Migration First = new(1, "first", "CREATE TABLE a (n INTEGER); CREATE TABLE b (n INTEGER);");
    private static readonly Migration Second = new(2, "second", "ALTER TABLE a ADD COLUMN m INTEGER;");
    private static readonly Migration Broken = new(2, "broken", "CREATE TABLE c (n INTEGER); INSERT INTO missing VALUES (1);");

    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    private static CancellationToken None => CancellationToken.None;

    public async ValueTask InitializeAsync() => await _connection.OpenAsync();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [Fact]
    public async Task Only_steps_that_are_missing_are_applied()
    {
        Assert.Equal(1, await Migrator(First).MigrateAsync(_connection, None));
        Assert.Equal(1, await Migrator(First, Second).MigrateAsync(_connection, None));
        Assert.Equal(0, await Migrator(First, Second).MigrateAsync(_connection, None));

        Assert.Equal(2, await AskAsync("SELECT count(*) FROM schema_migrations"));
        Assert.Equal(0, await AskAsync("SELECT count(m) FROM a"));
    }

    [Fact]
    public async Task A_step_that_fails_leaves_nothing_and_can_be_tried_again()
    {
        await Assert.ThrowsAsync<SqliteException>(() => Migrator(First, Broken).MigrateAsync(_connection, None));

        Assert.Equal(1, await AskAsync("SELECT max(version) FROM schema_migrations"));
        Assert.Equal(0, await AskAsync("SELECT count(*) FROM sqlite_master WHERE name = 'c'"));
        Assert.Equal(1, await Migrator(First, Second).MigrateAsync(_connection, None));
    }

    [Fact]
    public async Task Reading_needs_exactly_the_schema_of_the_program()
    {
        await Assert.ThrowsAsync<StorageSchemaException>(() => Migrator(First).CheckAsync(_connection, None));
        await Migrator(First).MigrateAsync(_connection, None);

        await Migrator(First).CheckAsync(_connection, None);
        await Assert.ThrowsAsync<StorageSchemaException>(() => Migrator(First, Second).CheckAsync(_connection, None));
    }

    [Fact]
    public void The_programs_steps_are_numbered_from_one_without_gaps()
    {
        var migrations = Migration.Load(SqliteDialect.Instance.Migrations);

        Assert.NotEmpty(migrations);
        Assert.Equal(Enumerable.Range(1, migrations.Count), migrations.Select(migration => migration.Version));
    }

    private static SchemaMigrator Migrator(params Migration[] migrations) => new(SqliteDialect.Instance, migrations, TimeProvider.System);

    private async Task<long> AskAsync(string sql)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
