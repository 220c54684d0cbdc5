using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace WeComOps.Storage;

internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        if (options.Provider == StorageProvider.PostgreSql)
        {
            return ValidateOptionsResult.Fail("Storage:Provider: PostgreSql is not available yet in this version. Use Sqlite.");
        }

        if (options.Provider != StorageProvider.Sqlite)
        {
            return ValidateOptionsResult.Fail("Storage:Provider: use Sqlite.");
        }

        try
        {
            var builder = new SqliteConnectionStringBuilder(options.ConnectionString);
            return string.IsNullOrWhiteSpace(builder.DataSource) || builder.Mode == SqliteOpenMode.Memory
                || builder.DataSource.StartsWith(":memory:", StringComparison.Ordinal) || builder.DataSource.StartsWith("file:", StringComparison.Ordinal)
                    ? ValidateOptionsResult.Fail("Storage:ConnectionString: name a file, such as Data Source=data/wecomops.db. A database in memory would lose what was acknowledged.")
                    : ValidateOptionsResult.Success;
        }
        catch (ArgumentException e)
        {
            return ValidateOptionsResult.Fail($"Storage:ConnectionString: {e.Message} Write it as Data Source=data/wecomops.db.");
        }
    }
}
