using Npgsql;

namespace WeComOps.Storage.PostgreSql;

/// <summary>How connections to one database are made.</summary>
internal static class PostgreSqlConnections
{
    /// <summary>Of one node, unless <c>Maximum Pool Size</c> says otherwise: three nodes stay under the server's usual 100.</summary>
    private const int PoolSize = 30;

    /// <summary>How long to wait for a connection, unless <c>Timeout</c> says otherwise: a callback must be answered or spilled within 5 s.</summary>
    private const int ConnectSeconds = 3;

    /// <summary>Between two statements of a transaction lie microseconds; well below the shortest lease.</summary>
    private const int StoppedMilliseconds = 3000;

    public static NpgsqlConnectionStringBuilder Complete(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        SetUnlessNamed(builder, "Maximum Pool Size", PoolSize);
        SetUnlessNamed(builder, "Timeout", ConnectSeconds);
        SetUnlessNamed(builder, "Application Name", "wecomops");
        SetUnlessNamed(builder, "Max Auto Prepare", 200);
        SetUnlessNamed(builder, "Auto Prepare Min Usages", 2);
        // A server that vanished without a word is noticed within half a minute.
        SetUnlessNamed(builder, "Tcp Keepalive", true);
        SetUnlessNamed(builder, "Tcp Keepalive Time", 10);
        SetUnlessNamed(builder, "Tcp Keepalive Interval", 5);
        // A node that is stopped in the middle of a transaction keeps its locks no longer than this: others must take over.
        builder.Options = $"{builder.Options} -c idle_in_transaction_session_timeout={StoppedMilliseconds}".Trim();
        // Nothing here changes a session's state, so there is nothing to reset.
        builder.NoResetOnClose = true;
        builder.Enlist = false;
        builder.Multiplexing = false;
        // Details of errors hold values of rows, and errors are logged.
        builder.IncludeErrorDetail = false;
        return builder;
    }

    /// <summary>For messages: no password.</summary>
    public static string Name(NpgsqlConnectionStringBuilder builder) => $"{builder.Database} at {builder.Host}:{builder.Port}";

    /// <summary>As options of the server's own tools: no password, which they ask for or find in <c>~/.pgpass</c>.</summary>
    public static string Address(NpgsqlConnectionStringBuilder builder) =>
        $"--host={builder.Host} --port={builder.Port} --username={builder.Username}";

    private static void SetUnlessNamed(NpgsqlConnectionStringBuilder builder, string keyword, object value)
    {
        // ContainsKey answers whether the keyword exists at all.
        if (!builder.Keys.Contains(keyword, StringComparer.OrdinalIgnoreCase))
        {
            builder[keyword] = value;
        }
    }
}
