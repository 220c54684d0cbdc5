using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WeComOps.Access;
using WeComOps.Inbox;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.Storage.Spill;

namespace WeComOps.Storage.Tests.Sqlite;

public sealed class SqliteLifecycleTests : IAsyncLifetime
{
    private readonly SqliteTestDatabase _database = new();

    private static CancellationToken None => CancellationToken.None;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_second_writer_is_refused_with_a_message_that_names_the_first()
    {
        await using var first = await OpenAsync();
        await using var second = _database.Services();

        var refusal = await Assert.ThrowsAsync<StorageLockedException>(() => second.GetRequiredService<StorageMaintenance>().OpenAsync(None));

        Assert.Contains($"process {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_database.Path, refusal.Message, StringComparison.Ordinal);
        await CommitAsync(first, changes => changes.Record(Given.Fact("1")));
    }

    [Fact]
    public async Task The_right_to_write_is_given_back_and_its_file_stays()
    {
        await (await OpenAsync()).DisposeAsync();
        Assert.True(File.Exists(_database.Path + ".lock"));

        await using var next = await OpenAsync();

        await CommitAsync(next, changes => changes.Record(Given.Fact("1")));
    }

    [Fact]
    public async Task Opening_twice_and_closing_twice_does_no_harm()
    {
        var services = await OpenAsync();
        var maintenance = services.GetRequiredService<StorageMaintenance>();
        await Task.WhenAll(maintenance.OpenAsync(None), maintenance.OpenAsync(None));
        await CommitAsync(services, changes => changes.Record(Given.Fact("1")));

        await maintenance.DisposeAsync();
        await services.DisposeAsync();

        Assert.Equal(1, await _database.AskAsync("SELECT count(*) FROM facts"));
    }

    [Fact]
    public async Task Migrations_are_applied_once()
    {
        await using (var first = await OpenAsync())
        {
            await CommitAsync(first, changes => changes.Record(Given.Fact("1")));
        }

        await using var second = await OpenAsync();

        Assert.NotNull(await second.GetRequiredService<ILedger>().FindAsync(Given.Fact("1").Ref, None));
        Assert.Equal(1, await _database.AskAsync("SELECT count(*) FROM schema_migrations WHERE version = 1"));
    }

    [Fact]
    public async Task A_schema_newer_than_the_program_is_refused_and_left_alone()
    {
        await (await OpenAsync()).DisposeAsync();
        await _database.TamperAsync("INSERT INTO schema_migrations (version, name, applied_at) VALUES (9999, 'future', 'now')");

        await using var services = _database.Services();
        var maintenance = services.GetRequiredService<StorageMaintenance>();
        var refusal = await Assert.ThrowsAsync<StorageSchemaException>(() => maintenance.OpenAsync(None));

        Assert.Contains("9999", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StorageSchemaException>(() => maintenance.OpenReadOnlyAsync(None));
        // It gave the right to write back.
        await _database.TamperAsync("DELETE FROM schema_migrations WHERE version = 9999");
        await maintenance.OpenAsync(None);
    }

    [Fact]
    public async Task Who_only_reads_works_beside_the_writer_and_cannot_write()
    {
        await using var host = await OpenAsync();
        await using var command = _database.Services();
        await command.GetRequiredService<StorageMaintenance>().OpenReadOnlyAsync(None);

        await CommitAsync(host, changes => changes.Record(Given.Fact("1")));

        Assert.NotNull(await command.GetRequiredService<ILedger>().FindAsync(Given.Fact("1").Ref, None));
        await Assert.ThrowsAsync<InvalidOperationException>(() => CommitAsync(command, changes => changes.Record(Given.Fact("2"))));
    }

    [Fact]
    public async Task Who_only_reads_works_without_a_writer_too()
    {
        await using (var host = await OpenAsync())
        {
            await CommitAsync(host, changes => changes.Record(Given.Fact("1")));
        }

        await using var command = _database.Services();
        await command.GetRequiredService<StorageMaintenance>().OpenReadOnlyAsync(None);

        Assert.NotNull(await command.GetRequiredService<ILedger>().FindAsync(Given.Fact("1").Ref, None));
    }

    [Fact]
    public async Task Reading_where_there_is_no_database_says_so_and_creates_none()
    {
        await using var command = _database.Services();

        var refusal = await Assert.ThrowsAsync<StorageSchemaException>(() => command.GetRequiredService<StorageMaintenance>().OpenReadOnlyAsync(None));

        Assert.Contains(_database.Path, refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_database.Path));
    }

    [Fact]
    public async Task A_store_that_was_not_opened_says_so()
    {
        await using var services = _database.Services();

        await Assert.ThrowsAsync<InvalidOperationException>(() => CommitAsync(services, changes => changes.Record(Given.Fact("1"))));
        await Assert.ThrowsAsync<InvalidOperationException>(() => services.GetRequiredService<ILedger>().FindAsync(Given.Fact("1").Ref, None));
    }

    [Fact]
    public async Task A_long_read_does_not_hold_up_the_writer_and_sees_one_state()
    {
        await using var services = await OpenAsync();
        await CommitAsync(services, changes => changes.Facts.AddRange(Enumerable.Range(0, 100).Select(i => Given.Fact($"{i:000}"))));

        var read = 0;
        await foreach (var _ in services.GetRequiredService<ILedger>().ReadAsync(Given.Monday, Given.Monday, None))
        {
            if (read++ == 0)
            {
                await CommitAsync(services, changes => changes.Record(Given.Fact("zzz")));
                await services.GetRequiredService<IIntake>().StoreAsync(Given.Message(1), None);
            }
        }

        Assert.Equal(100, read);
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_refuses_with_an_IOException_and_the_intake_keeps_the_message_beside_it()
    {
        await using var services = await OpenAsync();
        await _database.TamperAsync("DROP TABLE inbox_messages");

        await Assert.ThrowsAsync<IOException>(() => services.GetRequiredService<IMessageLog>().StoreAsync([Given.Message(1)], None));
        await services.GetRequiredService<IIntake>().StoreAsync(Given.Message(1), None);

        var state = services.GetRequiredService<SpillState>();
        Assert.True(state.WaitingBytes > 0);
        Assert.True(state.CanSpill);
        Assert.NotEmpty(System.IO.Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(_database.Path)!, "spill"), "*.spill"));
    }

    [Fact]
    public async Task A_backup_is_complete_checked_and_never_overwritten()
    {
        await using var services = await OpenAsync();
        await CommitAsync(services, changes => changes.Record(Given.Fact("1")));
        var copy = Path.Combine(Path.GetDirectoryName(_database.Path)!, "backups", "copy.db");

        await services.GetRequiredService<StorageMaintenance>().BackupAsync(copy, None);
        await CommitAsync(services, changes => changes.Record(Given.Fact("2")));

        await using (var connection = new SqliteConnection($"Data Source={copy};Mode=ReadOnly;Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM facts";
            Assert.Equal(1L, await command.ExecuteScalarAsync());
        }

        await Assert.ThrowsAsync<IOException>(() => services.GetRequiredService<StorageMaintenance>().BackupAsync(copy, None));
        Assert.Equal([copy], System.IO.Directory.GetFiles(Path.GetDirectoryName(copy)!));
    }

    [Fact]
    public async Task A_backup_can_be_taken_by_a_command_that_only_reads()
    {
        await using var host = await OpenAsync();
        await CommitAsync(host, changes => changes.Record(Given.Fact("1")));
        await using var command = _database.Services();
        var maintenance = command.GetRequiredService<StorageMaintenance>();
        await maintenance.OpenReadOnlyAsync(None);

        await maintenance.BackupAsync(_database.Path + ".copy", None);

        Assert.True(File.Exists(_database.Path + ".copy"));
    }

    [Theory]
    [InlineData("UPDATE facts SET quantity = 2")]
    [InlineData("DELETE FROM facts")]
    [InlineData("UPDATE audit SET who = 'nobody'")]
    [InlineData("DELETE FROM audit")]
    public async Task Facts_and_audit_refuse_to_be_changed_whoever_asks(string sql)
    {
        await using (var services = await OpenAsync())
        {
            await CommitAsync(services, changes =>
            {
                changes.Record(Given.Fact("1"));
                changes.Audit.Add(new AuditEntry(Given.Noon, "editor1", "approve", "t1", null));
            });
        }

        await Assert.ThrowsAsync<SqliteException>(() => _database.TamperAsync(sql));
    }

    [Theory]
    [InlineData("UPDATE audit SET who = 'somebody' WHERE seq = 3", 3)]
    [InlineData("UPDATE audit SET detail = '' WHERE seq = 2", 2)]
    [InlineData("UPDATE audit SET at = at + 1 WHERE seq = 5", 5)]
    [InlineData("DELETE FROM audit WHERE seq = 1", 1)]
    [InlineData("DELETE FROM audit WHERE seq = 4", 4)]
    [InlineData("UPDATE audit SET hash = prev_hash WHERE seq = 5", 5)]
    [InlineData("UPDATE audit SET subject = 'x', action = 'approvex' WHERE seq = 2", 2)]
    public async Task A_changed_or_missing_audit_entry_shows(string sql, long brokenAt)
    {
        await using var services = await OpenAsync();
        await CommitAsync(services, changes => changes.Audit.AddRange(
            Enumerable.Range(1, 5).Select(_ => new AuditEntry(Given.Noon, "editor1", "approve", "xx", null))));
        await _database.TamperAsync("DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted; " + sql);

        var verification = await services.GetRequiredService<IAuditStore>().VerifyAsync(None);

        Assert.Equal(brokenAt, verification.BrokenAt);
        Assert.Equal(brokenAt - 1, verification.Entries);
        Assert.False(verification.Holds);
    }

    [Theory]
    [InlineData("PostgreSql", "Host=localhost", "also needs Database and Username")]
    [InlineData("PostgreSql", "Data Source=data/wecomops.db", "Host=")]
    [InlineData("PostgreSql", "Host=h;Database=d;Username=u;Port=many", "Host=")]
    [InlineData("Sqlite", "Data Source=:memory:", "name a file")]
    [InlineData("Sqlite", "", "name a file")]
    [InlineData("Sqlite", "Nonsense=1", "Data Source=")]
    public async Task Options_that_cannot_work_are_refused_with_a_remedy(string provider, string connectionString, string remedy)
    {
        await using var services = new ServiceCollection().AddStorage(Configuration(provider, connectionString)).BuildServiceProvider();

        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<StorageOptions>>().Value);

        Assert.Contains(remedy, refusal.Message, StringComparison.Ordinal);
    }

    private static Microsoft.Extensions.Configuration.IConfiguration Configuration(string provider, string connectionString)
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager();
        configuration["Storage:Provider"] = provider;
        configuration["Storage:ConnectionString"] = connectionString;
        return configuration;
    }

    private static Task CommitAsync(ServiceProvider services, Action<Changes> decide)
    {
        var changes = new Changes();
        decide(changes);
        return services.GetRequiredService<IChangeStore>().CommitAsync(changes, None);
    }

    private async Task<ServiceProvider> OpenAsync()
    {
        var services = _database.Services();
        await services.GetRequiredService<StorageMaintenance>().OpenAsync(None);
        return services;
    }
}
