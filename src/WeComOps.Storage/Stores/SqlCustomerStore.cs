using WeComOps.Customers;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

internal sealed class SqlCustomerStore(SqlEngine engine) : ICustomerStore
{
    public Task<Friendship?> FindFriendshipAsync(string advisor, string customer, CancellationToken cancellationToken) => engine.FindAsync(
        $"SELECT {CustomerTables.FriendshipColumns} FROM friendships WHERE advisor = @advisor AND customer = @customer",
        [("advisor", advisor), ("customer", customer)], CustomerTables.MapFriendship, cancellationToken);

    // CROSS JOIN makes SQLite begin with the name: few people share one, but an advisor has up to 20,000 friends.
    public Task<IReadOnlyList<KnownCustomer>> FindByNameAsync(string advisor, string name, int limit, CancellationToken cancellationToken) =>
        engine.ListAsync(
            """
            SELECT c.id, c.name, c.union_id, p.tier, f.since
            FROM customers c
            CROSS JOIN friendships f
            LEFT JOIN customer_profiles p ON p.union_id = c.union_id
            WHERE c.name = @name AND f.advisor = @advisor AND f.customer = c.id AND f.lost_at IS NULL
            ORDER BY f.since DESC, c.id LIMIT @limit
            """,
            [("advisor", advisor), ("name", name), ("limit", limit)], CustomerTables.MapKnown, cancellationToken);

    public Task<string?> TierAsync(string customer, CancellationToken cancellationToken) => engine.FindAsync(
        "SELECT p.tier FROM customers c JOIN customer_profiles p ON p.union_id = c.union_id WHERE c.id = @customer",
        [("customer", customer)], reader => reader.GetString(0), cancellationToken);

    public async Task<IReadOnlyDictionary<string, string>> TiersAsync(IReadOnlyCollection<string> customers, CancellationToken cancellationToken)
    {
        var tiers = await engine.ListAsync(
            $"SELECT c.id, p.tier FROM customers c JOIN customer_profiles p ON p.union_id = c.union_id WHERE {engine.Dialect.In("c.id", "ids")}",
            [("ids", engine.Dialect.List(customers))], reader => (Id: reader.GetString(0), Tier: reader.GetString(1)), cancellationToken);
        return tiers.ToDictionary(row => row.Id, row => row.Tier, StringComparer.Ordinal);
    }

    public Task<CustomerProfile?> FindProfileAsync(string unionId, CancellationToken cancellationToken) => engine.FindAsync(
        $"SELECT {CustomerTables.ProfileColumns} FROM customer_profiles WHERE union_id = @unionId",
        [("unionId", unionId)], CustomerTables.MapProfile, cancellationToken);

    public Task<string?> FindByUnionIdAsync(string unionId, CancellationToken cancellationToken) => engine.FindAsync(
        "SELECT id FROM customers WHERE union_id = @unionId ORDER BY id LIMIT 1",
        [("unionId", unionId)], reader => reader.GetString(0), cancellationToken);

    public Task<IReadOnlyList<Friendship>> FriendshipsOfAsync(string customer, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {CustomerTables.FriendshipColumns} FROM friendships WHERE customer = @customer AND lost_at IS NULL ORDER BY since, advisor",
        [("customer", customer)], CustomerTables.MapFriendship, cancellationToken);

    public Task<Customer?> FindAsync(string customer, CancellationToken cancellationToken) => engine.FindAsync(
        "SELECT id, name, union_id FROM customers WHERE id = @customer", [("customer", customer)], CustomerTables.MapCustomer, cancellationToken);

    public Task<IReadOnlyList<(string Advisor, int Friends)>> CountByAdvisorAsync(CancellationToken cancellationToken) => engine.ListAsync(
        "SELECT advisor, count(*) FROM friendships WHERE lost_at IS NULL GROUP BY advisor ORDER BY advisor",
        [], reader => (reader.GetString(0), checked((int)reader.GetInt64(1))), cancellationToken);

    // The pairs are looked up by the primary key: an advisor at a time, whose customers on a page are few.
    public Task<IReadOnlyList<Friendship>> FriendshipsAmongAsync(
        IReadOnlyCollection<string> advisors, IReadOnlyCollection<string> customers, CancellationToken cancellationToken) => engine.ListAsync(
        $"""
        SELECT {CustomerTables.FriendshipColumns} FROM friendships
        WHERE {engine.Dialect.In("advisor", "advisors")} AND {engine.Dialect.In("customer", "customers")} ORDER BY advisor, customer
        """,
        [("advisors", engine.Dialect.List(advisors)), ("customers", engine.Dialect.List(customers))], CustomerTables.MapFriendship, cancellationToken);

    public Task<IReadOnlyList<Friendship>> FriendsOfAsync(string advisor, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {CustomerTables.FriendshipColumns} FROM friendships WHERE advisor = @advisor AND lost_at IS NULL ORDER BY customer",
        [("advisor", advisor)], CustomerTables.MapFriendship, cancellationToken);

    public Task<IReadOnlyList<Customer>> FindManyAsync(IReadOnlyCollection<string> customers, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT id, name, union_id FROM customers WHERE {engine.Dialect.In("id", "ids")} ORDER BY id",
        [("ids", engine.Dialect.List(customers))], CustomerTables.MapCustomer, cancellationToken);

    public Task<IReadOnlyList<CustomerProfile>> FindProfilesAsync(IReadOnlyCollection<string> unionIds, CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {CustomerTables.ProfileColumns} FROM customer_profiles WHERE {engine.Dialect.In("union_id", "ids")} ORDER BY union_id",
        [("ids", engine.Dialect.List(unionIds))], CustomerTables.MapProfile, cancellationToken);
}
