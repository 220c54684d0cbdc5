using WeComOps.Access;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

/// <summary>The audit trail as the store keeps it.</summary>
public sealed class SqlAudit : IAuditStore
{
    private readonly SqlEngine _engine;

    internal SqlAudit(SqlEngine engine) => _engine = engine;

    public async Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken)
    {
        long entries = 0;
        var head = AuditTable.Origin;
        await foreach (var record in _engine.StreamAsync(
            $"SELECT {AuditTable.Columns} FROM audit ORDER BY seq", [], AuditTable.Map, cancellationToken))
        {
            var expected = entries + 1;
            if (record.Seq != expected || record.PreviousHash != head || record.Hash != AuditTable.Hash(expected, head, record.Entry))
            {
                return new AuditVerification(entries, head, expected);
            }

            entries = expected;
            head = record.Hash;
        }

        return new AuditVerification(entries, head, null);
    }

    public Task<IReadOnlyList<AuditRecord>> LatestAsync(int limit, CancellationToken cancellationToken) => _engine.ListAsync(
        $"SELECT {AuditTable.Columns} FROM audit ORDER BY seq DESC LIMIT @limit", [("limit", limit)], AuditTable.Map, cancellationToken);
}
