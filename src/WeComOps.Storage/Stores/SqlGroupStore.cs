using WeComOps.Customers;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

internal sealed class SqlGroupStore(SqlEngine engine) : IGroupStore
{
    public Task<CustomerGroup?> FindAsync(string chatId, CancellationToken cancellationToken) => engine.FindAsync(
        $"SELECT {GroupTables.GroupColumns} FROM customer_groups WHERE chat_id = @chatId", [("chatId", chatId)], GroupTables.MapGroup, cancellationToken);

    public Task<IReadOnlyList<CustomerGroup>> ListAsync(CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {GroupTables.GroupColumns} FROM customer_groups ORDER BY created_at, chat_id", [], GroupTables.MapGroup, cancellationToken);

    public Task<IReadOnlyList<CustomerGroup>> OfOwnersAsync(IReadOnlyCollection<string> owners, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {GroupTables.GroupColumns} FROM customer_groups WHERE {engine.Dialect.In("owner", "owners")} ORDER BY created_at, chat_id",
        [("owners", engine.Dialect.List(owners))], GroupTables.MapGroup, cancellationToken);

    public Task<IReadOnlyList<GroupMembership>> MembersAsync(string chatId, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {GroupTables.MembershipColumns} FROM group_members m WHERE m.chat_id = @chatId ORDER BY m.joined_at, m.customer",
        [("chatId", chatId)], GroupTables.MapMembership, cancellationToken);

    public Task<IReadOnlyList<GroupMembership>> MembershipsAsync(string owner, string customer, CancellationToken cancellationToken) =>
        engine.ListAsync(
            $"""
            SELECT {GroupTables.MembershipColumns} FROM group_members m
            JOIN customer_groups g ON g.chat_id = m.chat_id AND g.owner = @owner
            WHERE m.customer = @customer ORDER BY m.joined_at, m.chat_id
            """,
            [("owner", owner), ("customer", customer)], GroupTables.MapMembership, cancellationToken);

    public Task<JoinCode?> FindJoinCodeAsync(string state, CancellationToken cancellationToken) => engine.FindAsync(
        $"SELECT {GroupTables.JoinCodeColumns} FROM join_codes WHERE state = @state", [("state", state)], GroupTables.MapJoinCode, cancellationToken);

    public Task<JoinCode?> FindJoinCodeOfAsync(string chatId, CancellationToken cancellationToken) => engine.FindAsync(
        $"SELECT {GroupTables.JoinCodeColumns} FROM join_codes WHERE chat_id = @chatId ORDER BY state LIMIT 1",
        [("chatId", chatId)], GroupTables.MapJoinCode, cancellationToken);

    public Task<IReadOnlyList<JoinCode>> UnreadyJoinCodesAsync(CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {GroupTables.JoinCodeColumns} FROM join_codes WHERE qr_code IS NULL ORDER BY state", [], GroupTables.MapJoinCode, cancellationToken);
}
