using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace WeComOps.Storage.Spill;

/// <summary>Where callbacks are kept while the store does not answer: configuration section <c>Storage</c>.</summary>
public sealed class SpillOptions
{
    /// <summary>A folder of this process alone. Empty: <c>spill</c> beside the SQLite file, with a server <c>data/spill</c>.</summary>
    public string? SpillFolder { get; set; }

    /// <summary>MiB that may lie in the folder, 1 to 1,048,576; beyond it callbacks are not answered.</summary>
    public int SpillLimitMb { get; set; } = 1024;

    internal long LimitBytes => SpillLimitMb * 1024L * 1024;

    /// <summary>Full path of the folder.</summary>
    public static string FolderOf(SpillOptions spill, StorageOptions storage)
    {
        if (!string.IsNullOrWhiteSpace(spill.SpillFolder))
        {
            return Path.GetFullPath(spill.SpillFolder);
        }

        return storage.Provider == StorageProvider.Sqlite
            ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(new SqliteConnectionStringBuilder(storage.ConnectionString).DataSource))!, "spill")
            : Path.GetFullPath(Path.Combine("data", "spill"));
    }
}

internal sealed class SpillOptionsValidator : IValidateOptions<SpillOptions>
{
    public ValidateOptionsResult Validate(string? name, SpillOptions options) => options.SpillLimitMb is >= 1 and <= 1024 * 1024
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail("Storage:SpillLimitMb: 1 to 1048576 (MiB that callbacks may take while the store is away; default 1024).");
}
