using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace WeComOps.Benchmarks.Load;

/// <summary>A server under test: how it is started, and where it keeps what it answered 200 for.</summary>
internal sealed class Contestant(string name, LoadOptions options)
{
    public string Name => name;

    private bool IsProduct => name.StartsWith("product", StringComparison.Ordinal);

    public bool IsPostgres => name.Contains("-pg", StringComparison.Ordinal);

    /// <summary>What is stored is known by another id than the client's, or nothing is stored.</summary>
    public bool HasIds => name != "verify" && !name.EndsWith("-unopened", StringComparison.Ordinal);

    public string Table => IsProduct ? "inbox_messages" : "inbox";

    public Child Start(string folder, int port, string database, string log) => name switch
    {
        "node" => Child.Start(
            options.ServerCore, folder, log, "node", NodeServer(), port.ToString(CultureInfo.InvariantCulture), database, Corp.Token, Corp.Key, Corp.Id),
        _ when IsProduct => StartProduct(folder, port, database, log),
        _ => Child.Start(options.ServerCore, folder, log, "dotnet", Child.Self, "server", name, port.ToString(CultureInfo.InvariantCulture), database),
    };

    /// <summary>What a SQLite server stored, read from the files the killed process left.</summary>
    public async Task<HashSet<string>> StoredAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT id FROM {Table}";
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }

    /// <summary><c>wecomops serve</c> as it is delivered, with the logging of the example configuration.</summary>
    private Child StartProduct(string folder, int port, string database, string log)
    {
        var settings = Corp.Settings;
        settings["Urls"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        settings["Storage:Provider"] = IsPostgres ? "PostgreSql" : "Sqlite";
        settings["Storage:ConnectionString"] = IsPostgres ? database : $"Data Source={database}";
        settings["Links:PublicBaseUrl"] = "https://link.bank.example";
        settings["Links:AllowedHosts:0"] = "m.bank.example";
        settings["Sales:SigningSecret"] = "whsec_cmVwbGFjZS10aGlzLWV4YW1wbGUtc2VjcmV0LW5vdyE=";
        settings["Access:AdministratorKey"] = "benchmark-administrator-key-0000";
        settings["Logging:LogLevel:Default"] = "Information";
        settings["Logging:LogLevel:Microsoft"] = "Warning";
        var roles = name.EndsWith("-callback", StringComparison.Ordinal) ? ["callback"] : options.Roles;
        for (var i = 0; i < roles.Length; i++)
        {
            settings[string.Create(CultureInfo.InvariantCulture, $"Roles:{i}")] = roles[i];
        }

        // Flat names are as good as nested ones in a JSON configuration.
        File.WriteAllText(Path.Combine(folder, "appsettings.json"), JsonSerializer.Serialize(settings));
        return Child.Start(options.ServerCore, folder, log, "dotnet", Path.Combine(AppContext.BaseDirectory, "wecomops.dll"), "serve");
    }

    private static string NodeServer()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, "node", "server.mjs");
            if (File.Exists(script))
            {
                return System.IO.Directory.Exists(Path.Combine(folder.FullName, "node", "node_modules"))
                    ? script
                    : throw new InvalidOperationException("Run 'npm ci' in tests/WeComOps.Benchmarks/node first (it builds better-sqlite3), or leave 'node' out of --servers.");
            }
        }

        throw new InvalidOperationException("node/server.mjs was not found above the program.");
    }
}
