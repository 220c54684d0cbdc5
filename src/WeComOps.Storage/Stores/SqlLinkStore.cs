using System.Security.Cryptography;
using WeComOps.Links;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

internal sealed class SqlLinkStore(SqlEngine engine) : ILinkStore
{
    private const int VisitorKeyBytes = 32;

    private static readonly Statement AddVisitorKey = Statement.InsertIfNew("visitor_keys", "day", "key");
    private static readonly Statement ReadVisitorKey = new("SELECT key FROM visitor_keys WHERE day = @day", "day");
    private static readonly Statement ForgetVisitorKeys = new("DELETE FROM visitor_keys WHERE day < @day", "day");

    public Task<TrackedLink?> FindAsync(string token, CancellationToken cancellationToken) => engine.FindAsync(
        $"SELECT {LinkTables.LinkColumns} FROM links WHERE token = @token", [("token", token)], LinkTables.MapLink, cancellationToken);

    public Task<Click?> FindClickAsync(string id, CancellationToken cancellationToken) => engine.FindAsync(
        $"SELECT {LinkTables.ClickColumns} FROM clicks WHERE id = @id", [("id", id)], LinkTables.MapClick, cancellationToken);

    public async Task<bool> HasClickSinceAsync(string token, string visitor, DateTimeOffset since, CancellationToken cancellationToken) =>
        await engine.CountAsync(
            "SELECT count(*) FROM (SELECT 1 FROM clicks WHERE token = @token AND visitor = @visitor AND at >= @since LIMIT 1) AS seen",
            [("token", token), ("visitor", visitor), ("since", since.Ms())], cancellationToken) > 0;

    public Task<byte[]> VisitorKeyAsync(DateOnly day, CancellationToken cancellationToken) => engine.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync(ForgetVisitorKeys, day.AddDays(-1).Text());
            await session.ExecuteAsync(AddVisitorKey, day.Text(), Convert.ToBase64String(RandomNumberGenerator.GetBytes(VisitorKeyBytes)));
            var keys = await session.QueryAsync(ReadVisitorKey, static reader => reader.GetString(0), day.Text());
            return Convert.FromBase64String(keys[0]);
        },
        isOneStatement: false,
        cancellationToken);

    /// <remarks>Newest first.</remarks>
    public Task<IReadOnlyList<LinkUse>> ListAsync(int limit, CancellationToken cancellationToken) => engine.ListAsync(
        $"""
        SELECT {LinkTables.LinkColumns},
               (SELECT count(*) FROM clicks c WHERE c.token = links.token AND c.class = 'human'),
               (SELECT count(*) FROM clicks c WHERE c.token = links.token AND c.class <> 'human')
        FROM links ORDER BY created_at DESC, token LIMIT @limit
        """,
        [("limit", limit)], LinkTables.MapUse, cancellationToken);
}
