using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace WeComOps.Storage;

internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    private const string PostgreSqlExample = "Write it as Host=db.bank.example;Database=wecomops;Username=wecomops;Password=….";

    public ValidateOptionsResult Validate(string? name, StorageOptions options) => options.Provider switch
    {
        StorageProvider.Sqlite => ValidateSqlite(options.ConnectionString),
        StorageProvider.PostgreSql => ValidatePostgreSql(options.ConnectionString),
        _ => ValidateOptionsResult.Fail("Storage:Provider: use Sqlite or PostgreSql."),
    };

    private static ValidateOptionsResult ValidateSqlite(string connectionString)
    {
        try
        {
            var builder = new SqliteConnectionStringBuilder(connectionString);
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

    private static ValidateOptionsResult ValidatePostgreSql(string connectionString)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(connectionString);
            (string Name, string? Value)[] needed = [("Host", builder.Host), ("Database", builder.Database), ("Username", builder.Username)];
            var missing = needed.Where(part => string.IsNullOrWhiteSpace(part.Value)).Select(part => part.Name).ToList();
            return missing.Count > 0
                ? ValidateOptionsResult.Fail($"Storage:ConnectionString: PostgreSql also needs {string.Join(" and ", missing)}. {PostgreSqlExample}")
                : ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException or FormatException)
        {
            return ValidateOptionsResult.Fail($"Storage:ConnectionString: {e.Message} {PostgreSqlExample}");
        }
    }
}
