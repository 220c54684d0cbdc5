using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace WeComOps.Testing;

/// <summary>
/// A private PostgreSQL server on 127.0.0.1, in a temporary folder, with the installed version and nothing of the system's own
/// configuration. It ends with <see cref="DisposeAsync"/>, and also when this process dies.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "wecomops";

    private readonly PostgresPrograms _programs;
    private readonly string _folder;
    private readonly bool _isDurable;
    private PostgresProcess? _process;

    private PostgresServer(PostgresPrograms programs, string folder, bool isDurable)
    {
        _programs = programs;
        _folder = folder;
        _isDurable = isDurable;
    }

    /// <summary>The same for the life of this object, also after a restart.</summary>
    public int Port { get; private set; }

    /// <summary>Process id of the server, for signals; 0 while it is stopped.</summary>
    public int ProcessId => _process?.ServerId ?? 0;

    /// <summary>Folder of the installed programs (<c>pg_dump</c>, <c>psql</c>, <c>pgbench</c>, …).</summary>
    public string Programs => _programs.Folder;

    /// <summary>To the database <c>postgres</c>, as a superuser.</summary>
    public string ConnectionString => ConnectionStringOf("postgres");

    /// <summary>Makes a server and starts it.</summary>
    /// <param name="isDurable">Whether commits are synced to disk. Without it tests are faster and only a power cut would show.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or does not start; the message says what to do.</exception>
    public static async Task<PostgresServer> StartAsync(bool isDurable = false, CancellationToken cancellationToken = default)
    {
        var programs = PostgresPrograms.Find();
        var folder = Directory.CreateTempSubdirectory("wecomops-pg-").FullName;
        var server = new PostgresServer(programs, folder, isDurable);
        try
        {
            await programs.GiveAsync(folder, cancellationToken);
            // A locale whose order of text differs from the bytes' order, as banks' servers have it.
            await programs.RunAsync(
                "initdb",
                ["--pgdata", server.Data, "--username", User, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", .. programs.Version >= 15 ? ["--locale-provider", "icu", "--icu-locale", "en-US"] : Array.Empty<string>(), "--no-sync"],
                cancellationToken);
            server.Port = FreePort();
            await server.RestartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>As configuration names it.</summary>
    public string ConnectionStringOf(string database) => $"Host=127.0.0.1;Port={Port};Database={database};Username={User}";

    /// <summary>Makes a database, empty or as a copy of one that nobody is connected to; answers its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string name, string? template = null, CancellationToken cancellationToken = default)
    {
        await ExecuteAsync(template is null ? $"CREATE DATABASE \"{name}\"" : $"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"", cancellationToken);
        return ConnectionStringOf(name);
    }

    public Task DropDatabaseAsync(string name, CancellationToken cancellationToken = default) =>
        ExecuteAsync($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)", cancellationToken);

    /// <summary>Stops the server and keeps its data.</summary>
    /// <param name="isCrash">At once, as a crash does: the next start recovers from its log.</param>
    public async Task StopAsync(bool isCrash = false, CancellationToken cancellationToken = default)
    {
        if (_process is { } process)
        {
            _process = null;
            await process.StopAsync(isCrash, cancellationToken);
        }
    }

    /// <summary>Stops the server if it runs, and starts it on the same port with the same data; returns when it takes connections.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync(cancellationToken: cancellationToken);
        string[] durability = _isDurable ? [] : ["-c", "fsync=off", "-c", "full_page_writes=off"];
        _process = await PostgresProcess.StartAsync(
            _programs,
            [
                "-D", Data, "-p", $"{Port}", "-k", _folder, "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=300", "-c", "shared_buffers=64MB",
                "-c", "lc_messages=C", "-c", "logging_collector=off", "-c", "log_destination=stderr", "-c", "log_min_messages=log", .. durability,
            ],
            cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            if (Directory.Exists(_folder))
            {
                Directory.Delete(_folder, recursive: true);
            }
        }
    }

    private string Data => Path.Combine(_folder, "data");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=False");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
