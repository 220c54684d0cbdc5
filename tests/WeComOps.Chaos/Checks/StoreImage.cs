using System.Data.Common;
using System.Text.Json;
using WeComOps.Chaos.Nodes;
using WeComOps.Inbox;

namespace WeComOps.Chaos.Checks;

internal sealed record InboxRow(string Id, bool Routed, string? Name, long Handlers);

internal sealed record ItemRow(string MessageId, string Handler, string State, long? LeaseUntil, string? Error);

internal sealed record FactRow(string Day, string Id, string Kind, string Source);

internal sealed record SliceRow(string Id, string State, string Text, string? PushId, DateTimeOffset PlannedAt, DateTimeOffset? CheckAt, string? Error);

internal sealed record OutgoingRow(string Id, string State, string? Error);

/// <summary>What the store holds, read with SQL of the rig's own: the product's reading of it is not believed.</summary>
internal sealed record StoreImage(
    IReadOnlyList<InboxRow> Inbox, IReadOnlyList<ItemRow> Items, IReadOnlyList<FactRow> Facts, IReadOnlyList<SliceRow> Slices,
    IReadOnlyList<OutgoingRow> Outgoing)
{
    /// <summary>Ids of the clicks.</summary>
    public IReadOnlyList<string> Clicks { get; init; } = [];

    public static async Task<StoreImage> ReadAsync(IDatabase database)
    {
        await using var connection = await database.ConnectAsync();
        return new StoreImage(
            await ListAsync(connection, "SELECT id, routed_at, routed_name, handlers FROM inbox_messages", row =>
                new InboxRow(row.GetString(0), !row.IsDBNull(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? 0 : row.GetInt64(3))),
            await ListAsync(connection, "SELECT message_id, handler, state, lease_until, error FROM inbox_items", row =>
                new ItemRow(row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetInt64(3), row.IsDBNull(4) ? null : row.GetString(4))),
            await ListAsync(connection, "SELECT CAST(day AS TEXT), id, kind, source FROM facts", row =>
                new FactRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3))),
            await ListAsync(connection, "SELECT id, state, body FROM push_slices", row => Slice(row.GetString(0), row.GetString(1), row.GetString(2))),
            await ListAsync(connection, "SELECT id, state, error FROM outgoing_messages", row =>
                new OutgoingRow(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2))))
        {
            Clicks = await ListAsync(connection, "SELECT id FROM clicks", row => row.GetString(0)),
        };
    }

    /// <summary>What a process that stopped in order left behind for others to wait for.</summary>
    /// <param name="began">When it was started: leases that reach beyond one from then are not those of a process that was killed before.</param>
    /// <param name="isAlone">No other process claims messages; who claimed one is not written down.</param>
    public static async Task<IReadOnlyDictionary<string, long>> HeldAsync(IDatabase database, int process, DateTimeOffset began, bool isAlone, DateTimeOffset now)
    {
        await using var connection = await database.ConnectAsync();
        var counts = await ListAsync(
            connection,
            isAlone
                ? $"SELECT 'inbox items under lease', count(*) FROM inbox_items WHERE state = 'waiting' AND lease_until >= {(began + InboxDispatcher.Lease).ToUnixTimeMilliseconds()}"
                : $"SELECT 'duties', count(*) FROM duties WHERE node LIKE '%/{process}/%' AND until > {now.ToUnixTimeMilliseconds()}",
            row => (Name: row.GetString(0), Count: row.GetInt64(1)));
        return counts.Where(count => count.Count > 0).ToDictionary(count => count.Name, count => count.Count, StringComparer.Ordinal);
    }

    /// <summary>How much is not at rest; a few counts, so that asking costs the nodes little.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> UnrestAsync(IDatabase database, DateTimeOffset now)
    {
        var milliseconds = now.ToUnixTimeMilliseconds();
        await using var connection = await database.ConnectAsync();
        var counts = await ListAsync(
            connection,
            $"""
            SELECT 'messages not routed', count(*) FROM inbox_messages WHERE routed_at IS NULL
            UNION ALL SELECT 'inbox items waiting', count(*) FROM inbox_items WHERE state = 'waiting'
            UNION ALL SELECT 'pushes ' || state, count(*) FROM push_slices WHERE state IN ('planned', 'started', 'accepted') GROUP BY state
            UNION ALL SELECT 'messages to advisors ' || state, count(*) FROM outgoing_messages
                WHERE state = 'started' OR (state = 'planned' AND planned_at <= {milliseconds}) GROUP BY state
            """,
            row => (Name: row.GetString(0), Count: row.GetInt64(1)));
        return counts.Where(count => count.Count > 0).ToDictionary(count => count.Name, count => count.Count, StringComparer.Ordinal);
    }

    private static SliceRow Slice(string id, string state, string body)
    {
        using var json = JsonDocument.Parse(body);
        var slice = json.RootElement;
        return new SliceRow(
            id, state, slice.GetProperty("text").GetString()!, Text(slice, "pushId"), slice.GetProperty("plannedAt").GetDateTimeOffset(),
            slice.TryGetProperty("checkAt", out var check) ? check.GetDateTimeOffset() : null, Text(slice, "error"));
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static async Task<List<T>> ListAsync<T>(DbConnection connection, string sql, Func<DbDataReader, T> map)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are this file's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(map(reader));
        }

        return rows;
    }
}
