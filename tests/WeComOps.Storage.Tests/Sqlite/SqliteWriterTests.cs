using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Sqlite;

namespace WeComOps.Storage.Tests.Sqlite;

public sealed class SqliteWriterTests : IAsyncLifetime
{
    private static readonly Statement Insert = new("INSERT INTO numbers (n) VALUES (@n)", "n");

    private readonly SqliteTestDatabase _database = new();
    private SqliteWriter? _writer;
    private int _commits;
    private bool _refuseCommits;
    private int _opened;

    private SqliteWriter Writer => _writer!;

    public async ValueTask InitializeAsync()
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(_database.Path)!);
        await _database.TamperAsync("CREATE TABLE numbers (n INTEGER NOT NULL UNIQUE)");
        _writer = new SqliteWriter(Open, new SqliteFolding(Open, NullLogger<SqliteFolding>.Instance), NullLogger<SqliteWriter>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Calls_that_come_together_share_one_transaction()
    {
        var release = await HoldAsync();
        var calls = Enumerable.Range(0, 200).Select(n => InsertAsync(n)).ToList();
        release.SetResult();

        await Task.WhenAll(calls);

        Assert.Equal(200, await CountAsync());
        // The one that held the writer, then everybody else.
        Assert.Equal(2, _commits);
        Assert.Equal(2, Writer.Transactions);
    }

    [Fact]
    public async Task Nobody_is_told_before_the_transaction_is_durable()
    {
        var release = await HoldAsync();
        var call = InsertAsync(1);
        var seenByOthers = call.ContinueWith(_ => CountAsync(), TaskScheduler.Default).Unwrap();
        Assert.False(call.IsCompleted);
        release.SetResult();

        Assert.Equal(1, await seenByOthers);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_that_fails_inside_a_batch_fails_alone_and_leaves_nothing(bool isOneStatement)
    {
        await InsertAsync(7);
        var release = await HoldAsync();
        var before = InsertAsync(1);
        var bad = Writer.RunAsync(
            async session =>
            {
                if (!isOneStatement)
                    await session.ExecuteAsync(Insert, 100L);
                return await session.ExecuteAsync(Insert, 7L);
            },
            isOneStatement, CancellationToken.None);
        var after = InsertAsync(2);
        release.SetResult();

        await before;
        await after;
        Assert.Equal(19, (await Assert.ThrowsAsync<SqliteException>(() => bad)).SqliteErrorCode);
        Assert.Equal(3, await CountAsync());
        Assert.Equal(3, Writer.Transactions);
    }

    [Fact]
    public async Task When_the_commit_fails_everybody_in_it_hears_so_and_nothing_is_stored()
    {
        var release = await HoldAsync();
        var failing = Writer.RunAsync(_ => ValueTask.FromResult(_refuseCommits = true), isOneStatement: true, CancellationToken.None);
        var calls = Enumerable.Range(0, 5).Select(n => InsertAsync(n)).ToList();
        release.SetResult();

        foreach (var call in (Task[])[failing, .. calls])
        {
            await Assert.ThrowsAsync<IOException>(() => call);
        }

        _refuseCommits = false;
        Assert.Equal(0, await CountAsync());
        await InsertAsync(1);
        Assert.Equal(1, await CountAsync());
        Assert.Equal(2, _opened);
    }

    [Fact]
    public async Task A_full_disk_stores_nothing_of_the_batch_and_writing_goes_on_when_there_is_room()
    {
        var release = await HoldAsync("PRAGMA max_page_count = 8");
        var small = InsertAsync(1);
        var large = Writer.RunAsync(
            async session =>
            {
                await session.ExecuteAsync(new Statement("CREATE TABLE large (t TEXT)"));
                return await session.ExecuteAsync(new Statement("INSERT INTO large VALUES (@t)", "t"), new string('x', 100_000));
            },
            isOneStatement: false, CancellationToken.None);
        release.SetResult();

        await Assert.ThrowsAsync<IOException>(() => large);
        await Assert.ThrowsAsync<IOException>(() => small);
        Assert.Equal(0, await CountAsync());
        await InsertAsync(1);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task A_call_cancelled_while_it_waits_does_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        var release = await HoldAsync();
        var cancelled = Writer.RunAsync(session => session.ExecuteAsync(Insert, 1L), isOneStatement: true, cancellation.Token);
        await cancellation.CancelAsync();
        release.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task Closing_finishes_what_was_accepted_and_refuses_the_rest()
    {
        var release = await HoldAsync();
        var calls = Enumerable.Range(0, 50).Select(n => InsertAsync(n)).ToList();
        var closing = Writer.DisposeAsync();
        release.SetResult();
        await closing;

        await Task.WhenAll(calls);
        Assert.Equal(50, await CountAsync());
        await Assert.ThrowsAsync<IOException>(() => InsertAsync(99));
    }

    [Fact]
    public async Task The_journal_is_the_write_ahead_log_and_every_commit_is_synced()
    {
        var pragmas = await Writer.RunAsync(
            async session => (
                await session.QueryAsync(new Statement("PRAGMA journal_mode"), reader => reader.GetString(0)),
                await session.QueryAsync(new Statement("PRAGMA synchronous"), reader => reader.GetInt64(0))),
            isOneStatement: false, CancellationToken.None);

        Assert.Equal("wal", Assert.Single(pragmas.Item1));
        Assert.Equal(2, Assert.Single(pragmas.Item2));
    }

    private Task<int> InsertAsync(long n) =>
        Writer.RunAsync(session => session.ExecuteAsync(Insert, n), isOneStatement: true, CancellationToken.None);

    private Task<long> CountAsync() => _database.AskAsync("SELECT count(*) FROM numbers");

    /// <summary>Keeps the writer busy with one transaction until told, so that the next batch is known.</summary>
    private async Task<TaskCompletionSource> HoldAsync(string? statement = null)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = Writer.RunAsync(
            async session =>
            {
                if (statement is not null)
                    await session.QueryAsync(new Statement(statement), reader => reader.GetValue(0));
                started.SetResult();
                await release.Task;
                return true;
            },
            isOneStatement: false, CancellationToken.None);
        await started.Task;
        return release;
    }

    private SqliteConnection Open()
    {
        _opened++;
        var connection = new SqliteConnections($"Data Source={_database.Path}").OpenWriter();
        // SQLite itself counts, and fails, the commits that change something.
        raw.sqlite3_commit_hook(
            connection.Handle,
            _ =>
            {
                _commits++;
                return _refuseCommits ? 1 : 0;
            },
            null);
        return connection;
    }
}
