using System.Data.Common;
using WeComOps.Storage.Sql;
using WeComOps.WeCom;

namespace WeComOps.Storage.Stores;

internal sealed class SqlSharedTokens(SqlEngine engine) : ISharedTokens
{
    // A row that nobody answered yet has version 0 and an answer that never held.
    private static readonly Statement Take = new(
        """
        INSERT INTO shared_tokens (app, version, code, body, holds_until, owner, owner_until) VALUES (@app, 0, 0, '', 0, @owner, @until)
        ON CONFLICT (app) DO UPDATE SET owner = excluded.owner, owner_until = excluded.owner_until
        WHERE shared_tokens.version = @seen AND (shared_tokens.owner IS NULL OR shared_tokens.owner_until <= @now)
        """, "app", "owner", "until", "seen", "now");

    private static readonly Statement Free = new("UPDATE shared_tokens SET owner = NULL, owner_until = 0 WHERE app = @app AND owner = @owner", "app", "owner");

    private static readonly Statement Answer = new(
        """
        UPDATE shared_tokens SET version = version + 1, code = @code, body = @body, holds_until = @until, owner = NULL, owner_until = 0
        WHERE app = @app AND owner = @owner RETURNING version
        """, "app", "owner", "code", "body", "until");

    private static readonly Statement Drop = new("UPDATE shared_tokens SET holds_until = 0 WHERE app = @app AND version = @version", "app", "version");

    public Task<SharedToken?> FindAsync(string app, CancellationToken cancellationToken) => engine.FindAsync(
        "SELECT version, code, body, holds_until FROM shared_tokens WHERE app = @app", [("app", app)], Map, cancellationToken);

    public Task<bool> TakeTurnAsync(string app, long seen, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) =>
        engine.WriteAsync(async session => await session.ExecuteAsync(Take, app, owner, until.Ms(), seen, now.Ms()) == 1, isOneStatement: true, cancellationToken);

    public Task<long?> EndTurnAsync(string app, string owner, TokenAnswer? answer, CancellationToken cancellationToken) => engine.WriteAsync(
        async session =>
        {
            if (answer is null)
            {
                await session.ExecuteAsync(Free, app, owner);
                return null;
            }

            var versions = await session.QueryAsync(
                Answer, static reader => (long?)reader.GetInt64(0), app, owner, (long)answer.Code, answer.Body, answer.Until.Ms());
            return versions.Count == 0 ? null : versions[0];
        },
        isOneStatement: true,
        cancellationToken);

    public Task DropAsync(string app, long version, CancellationToken cancellationToken) =>
        engine.WriteAsync(session => session.ExecuteAsync(Drop, app, version), isOneStatement: true, cancellationToken);

    private static SharedToken Map(DbDataReader reader)
    {
        var row = new Row(reader);
        var version = row.Long();
        var answer = new TokenAnswer(row.Int(), row.Text(), row.Time());
        return new SharedToken(version, version == 0 ? null : answer);
    }
}
