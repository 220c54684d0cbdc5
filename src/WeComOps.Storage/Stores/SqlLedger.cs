using WeComOps.Ledger;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

internal sealed class SqlLedger(SqlEngine engine) : ILedger
{
    private const string InboxPrefix = "inbox:";

    public IAsyncEnumerable<Fact> ReadAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken) => engine.StreamAsync(
        $"""
        SELECT {FactTable.Columns} FROM facts WHERE day BETWEEN @from AND @to
        UNION ALL
        SELECT {FactTable.Columns} FROM facts WHERE corrects_day BETWEEN @from AND @to AND day > @to
        ORDER BY day, id
        """,
        [("from", from.Text()), ("to", to.Text())], FactTable.Map, cancellationToken);

    public Task<Fact?> FindAsync(FactRef reference, CancellationToken cancellationToken) => engine.FindAsync(
        $"SELECT {FactTable.Columns} FROM facts WHERE day = @day AND id = @id",
        [("day", reference.Day.Text()), ("id", reference.Id)], FactTable.Map, cancellationToken);

    public async Task<IReadOnlyList<Fact>> FindAsync(IReadOnlyCollection<FactRef> references, CancellationToken cancellationToken)
    {
        var found = new List<Fact>(references.Count);
        // A statement per day keeps every lookup on the primary key; facts never change, so the statements need no common snapshot.
        foreach (var day in references.Distinct().GroupBy(reference => reference.Day).OrderBy(day => day.Key))
        {
            found.AddRange(await engine.ListAsync(
                $"SELECT {FactTable.Columns} FROM facts WHERE day = @day AND {engine.Dialect.In("id", "ids")} ORDER BY day, id",
                [("day", day.Key.Text()), ("ids", engine.Dialect.List(day.Select(reference => reference.Id)))], FactTable.Map, cancellationToken));
        }

        return found;
    }

    public Task<IReadOnlyList<Fact>> LatestAsync(FactKind? kind, int limit, CancellationToken cancellationToken) => kind is { } known
        ? engine.ListAsync(
            $"SELECT {FactTable.Columns} FROM facts WHERE kind = @kind ORDER BY day DESC, occurred_at DESC, id DESC LIMIT @limit",
            [("kind", known.Name()), ("limit", limit)], FactTable.Map, cancellationToken)
        : engine.ListAsync(
            $"SELECT {FactTable.Columns} FROM facts ORDER BY day DESC, occurred_at DESC, id DESC LIMIT @limit",
            [("limit", limit)], FactTable.Map, cancellationToken);

    public async Task<(long Sum, int Count)?> RequestsKnownAsync(string advisor, DateOnly day, CancellationToken cancellationToken)
    {
        var known = await engine.ListAsync(
            "SELECT CAST(coalesce(sum(quantity), 0) AS bigint), count(*) FROM facts WHERE kind = 'requests_sent' AND advisor = @advisor AND day = @day",
            [("advisor", advisor), ("day", day.Text())], reader => (Sum: reader.GetInt64(0), Count: reader.GetInt32(1)), cancellationToken);
        return known[0].Count == 0 ? null : known[0];
    }

    /// <remarks>A callback is kept once, in the inbox: <c>inbox:{id}</c> reads it there.</remarks>
    public async Task<RawSource?> FindSourceAsync(string id, CancellationToken cancellationToken)
    {
        var source = await engine.FindAsync(
            "SELECT id, kind, received_at, body FROM raw_sources WHERE id = @id", [("id", id)], SourceTable.Map, cancellationToken);
        return source is null && id.StartsWith(InboxPrefix, StringComparison.Ordinal)
            ? await engine.FindAsync(
                "SELECT @id, 'callback', received_at, body FROM inbox_messages WHERE id = @message",
                [("id", id), ("message", id[InboxPrefix.Length..])], SourceTable.Map, cancellationToken)
            : source;
    }
}
