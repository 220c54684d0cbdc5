using WeComOps.Access;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Stores;

internal sealed class SqlSessionKeys(SqlEngine engine) : ISessionKeyStore
{
    private static readonly Statement Insert = Statement.InsertIfNew("session_keys", "place", "name", "xml");

    public async Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken) =>
        await engine.ListAsync("SELECT xml FROM session_keys ORDER BY place", [], reader => reader.GetString(0), cancellationToken);

    public Task<bool> AddAsync(int place, string name, string xml, CancellationToken cancellationToken) =>
        engine.WriteAsync(async session => await session.ExecuteAsync(Insert, (long)place, name, xml) == 1, isOneStatement: true, cancellationToken);
}
