namespace WeComOps.Storage;

/// <summary>The engine that keeps the data.</summary>
public enum StorageProvider
{
    /// <summary>One file, one writing process.</summary>
    Sqlite,

    /// <summary>A server, any number of nodes.</summary>
    PostgreSql,
}

/// <summary>Where the data is kept: configuration section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>
    /// SQLite: <c>Data Source=</c> and a path, relative to the working directory or absolute. PostgreSQL:
    /// <c>Host=…;Database=…;Username=…;Password=…</c> and what else Npgsql knows.
    /// </summary>
    public string ConnectionString { get; set; } = "Data Source=data/wecomops.db";
}
