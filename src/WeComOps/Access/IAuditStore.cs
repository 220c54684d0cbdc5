using WeComOps.Primitives;

namespace WeComOps.Access;

/// <summary>An entry as it stands in the chain.</summary>
/// <param name="Seq">From 1, without gaps.</param>
/// <param name="PreviousHash">Hash of the entry before; of the first: 64 zeros.</param>
/// <param name="Hash">Lower-case hex SHA-256 over <paramref name="PreviousHash"/> and the entry.</param>
public sealed record AuditRecord(long Seq, AuditEntry Entry, string PreviousHash, string Hash);

/// <summary>What checking the chain found.</summary>
/// <param name="Entries">Entries that hold, counted from the first.</param>
/// <param name="Head">
/// Hash of the last entry that holds. Noted elsewhere (a printed scorecard, another system), it also shows that entries were
/// cut off the end, which the chain alone cannot.
/// </param>
/// <param name="BrokenAt">Number of the first entry that was changed, removed or inserted; null: the chain holds.</param>
public sealed record AuditVerification(long Entries, string Head, long? BrokenAt)
{
    public bool Holds => BrokenAt is null;
}

/// <summary>Reads the audit trail. Entries are written through <see cref="IChangeStore"/> only.</summary>
public interface IAuditStore
{
    /// <summary>Recomputes the whole chain.</summary>
    Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken);

    /// <summary>Latest entries, newest first.</summary>
    Task<IReadOnlyList<AuditRecord>> LatestAsync(int limit, CancellationToken cancellationToken);
}
