using System.Data.Common;
using System.Globalization;
using System.Text;
using WeComOps.Access;
using WeComOps.Primitives;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

/// <summary>A chain: each entry's hash covers the one before it, so a changed, missing or inserted entry shows.</summary>
internal static class AuditTable
{
    public const string Columns = "seq, at, who, action, subject, detail, prev_hash, hash";

    /// <summary>What the first entry follows.</summary>
    public static readonly string Origin = new('0', 64);

    private static readonly Statement Insert = new(
        "INSERT INTO audit (seq, at, who, action, subject, detail, prev_hash, hash) VALUES (@seq, @at, @who, @action, @subject, @detail, @prev_hash, @hash)",
        Columns.Split(", "));

    private static readonly Statement Last = new("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1");

    public static async ValueTask AppendAsync(SqlSession session, AuditEntry entry)
    {
        // The chain has one end: who appends waits for who is appending.
        await session.TakeTurnAsync("wecomops.audit");
        var last = await session.QueryAsync(Last, reader => (Seq: reader.GetInt64(0), Hash: reader.GetString(1)));
        var (seq, previous) = last.Count == 0 ? (1, Origin) : (last[0].Seq + 1, last[0].Hash);
        var stored = Stored(entry);
        await session.ExecuteAsync(
            Insert, seq, stored.At.Ms(), stored.Who, stored.Action, stored.Subject, stored.Detail, previous, Hash(seq, previous, stored));
    }

    public static string Hash(long seq, string previous, AuditEntry entry)
    {
        var canonical = new StringBuilder(previous);
        foreach (var field in (ReadOnlySpan<string?>)
        [
            seq.ToString(CultureInfo.InvariantCulture), entry.At.Ms().ToString(CultureInfo.InvariantCulture),
            entry.Who, entry.Action, entry.Subject, entry.Detail,
        ])
        {
            // With its length, no text can pass for another division into fields; "-" is no length, so null is not empty.
            canonical.Append('\n').Append(field is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{field.Length}:{field}"));
        }

        return Digest.Of(canonical.ToString());
    }

    public static AuditRecord Map(DbDataReader reader)
    {
        var row = new Row(reader);
        return new AuditRecord(
            row.Long(), new AuditEntry(row.Time(), row.Text(), row.Text(), row.Text(), row.TextOrNull()), row.Text(), row.Text());
    }

    // The hash must cover what will be read back.
    private static AuditEntry Stored(AuditEntry entry) => entry with
    {
        Who = CleanText.Of(entry.Who),
        Action = CleanText.Of(entry.Action),
        Subject = CleanText.Of(entry.Subject),
        Detail = entry.Detail is null ? null : CleanText.Of(entry.Detail),
    };
}
