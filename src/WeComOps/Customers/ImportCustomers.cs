using WeComOps.Primitives;

namespace WeComOps.Customers;

/// <summary>One row of the bank's customer list.</summary>
/// <param name="ExternalUserId">Or <paramref name="UnionId"/>: one of them is needed.</param>
public sealed record CustomerRow(
    string? ExternalUserId, string? UnionId, string? Tier, string? AgeBand, string? Segment, string? LifeCycle, bool? Payroll, string? RiskLevel);

/// <summary>Takes the bank's customer list: who is valuable is the bank's word, not WeCom's.</summary>
public sealed class ImportCustomers(ICustomerStore customers, IChangeStore changes, TimeProvider clock)
{
    private const int ChunkSize = 500;

    /// <summary>Number of rows taken, and the rows left out with the reason (row numbers from 1, without the header).</summary>
    public async Task<(int Taken, IReadOnlyList<string> Faults)> ImportAsync(IEnumerable<CustomerRow> rows, string importedBy, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var taken = 0;
        var number = 0;
        foreach (var chunk in rows.Chunk(ChunkSize))
        {
            var imported = new Changes();
            foreach (var row in chunk)
            {
                number++;
                var unionId = row.UnionId is { Length: > 0 }
                    ? row.UnionId
                    : row.ExternalUserId is { Length: > 0 } externalId ? (await customers.FindAsync(externalId, cancellationToken))?.UnionId : null;
                if (unionId is null)
                {
                    faults.Add($"Row {number}: neither a unionid nor the external id of a customer with a known unionid.");
                }
                else if (row.Tier is not { Length: > 0 } tier)
                {
                    faults.Add($"Row {number}: tier is empty.");
                }
                else
                {
                    imported.Profiles.Add(new CustomerProfile(unionId, tier, row.AgeBand, row.Segment, row.LifeCycle, row.Payroll, row.RiskLevel));
                    taken++;
                }
            }

            imported.Audit.Add(new AuditEntry(clock.GetNow(), importedBy, "import-customers", "customers", $"{imported.Profiles.Count} rows"));
            await changes.CommitAsync(imported, cancellationToken);
        }

        return (taken, faults);
    }
}
