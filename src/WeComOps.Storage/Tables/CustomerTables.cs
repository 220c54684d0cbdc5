using System.Data.Common;
using WeComOps.Customers;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

internal static class CustomerTables
{
    public const string FriendshipColumns = "advisor, customer, since, add_way, oper_user_id, state, lost_at, revision";

    public const string ProfileColumns = "union_id, tier, age_band, segment, life_cycle, payroll, risk_level";

    private static readonly Statement UpsertCustomer = Statement.Upsert("customers", ["id"], ["name", "union_id"]);

    private static readonly Statement UpsertProfile = Statement.Upsert(
        "customer_profiles", ["union_id"], ["tier", "age_band", "segment", "life_cycle", "payroll", "risk_level"]);

    /// <summary>
    /// Callbacks come out of order, twice and late, and lists are read beside them: the latest addition and the latest ending
    /// win, whichever is written first. An ending before the addition ended an earlier friendship. Only over the row as it was read:
    /// which facts come with it was decided by that.
    /// </summary>
    private static readonly Statement MergeFriendship = new(
        """
        INSERT INTO friendships (advisor, customer, since, add_way, oper_user_id, state, lost_at)
        VALUES (@advisor, @customer, @since, @add_way, @oper_user_id, @state, @lost_at)
        ON CONFLICT (advisor, customer) DO UPDATE SET
            since = CASE WHEN excluded.since >= friendships.since THEN excluded.since ELSE friendships.since END,
            add_way = CASE WHEN excluded.since >= friendships.since THEN excluded.add_way ELSE friendships.add_way END,
            oper_user_id = CASE WHEN excluded.since >= friendships.since THEN excluded.oper_user_id ELSE friendships.oper_user_id END,
            state = CASE WHEN excluded.since >= friendships.since THEN excluded.state ELSE friendships.state END,
            lost_at = CASE
                WHEN excluded.lost_at >= excluded.since AND excluded.lost_at >= friendships.since
                    AND (friendships.lost_at IS NULL OR excluded.lost_at >= friendships.lost_at) THEN excluded.lost_at
                WHEN friendships.lost_at >= excluded.since AND friendships.lost_at >= friendships.since THEN friendships.lost_at
            END,
            revision = friendships.revision + 1
        WHERE friendships.revision = @revision
        """, "advisor", "customer", "since", "add_way", "oper_user_id", "state", "lost_at", "revision");

    public static ValueTask<int> SaveAsync(SqlSession session, Customer customer) =>
        session.ExecuteAsync(UpsertCustomer, customer.Id, customer.Name, customer.UnionId);

    public static ValueTask<int> SaveAsync(SqlSession session, CustomerProfile profile) => session.ExecuteAsync(
        UpsertProfile, profile.UnionId, profile.Tier, profile.AgeBand, profile.Segment, profile.LifeCycle, profile.Payroll.Flag(), profile.RiskLevel);

    /// <exception cref="WeComOps.Primitives.ConflictException">It was written by another since it was read.</exception>
    public static async ValueTask SaveAsync(SqlSession session, Friendship friendship)
    {
        var touched = await session.ExecuteAsync(
            MergeFriendship, friendship.Advisor, friendship.Customer, friendship.Since.Ms(), (long)friendship.AddWay, friendship.OperUserId,
            friendship.State, friendship.LostAt.Ms(), friendship.Revision);
        Conflict.Unless(touched == 1, "Friendship", $"{friendship.Advisor} {friendship.Customer}");
    }

    /// <summary>Columns: id, name, union_id.</summary>
    public static Customer MapCustomer(DbDataReader reader)
    {
        var row = new Row(reader);
        return new Customer(row.Text(), row.Text(), row.TextOrNull());
    }

    public static CustomerProfile MapProfile(DbDataReader reader)
    {
        var row = new Row(reader);
        return new CustomerProfile(
            row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.FlagOrNull(), row.TextOrNull());
    }

    public static Friendship MapFriendship(DbDataReader reader)
    {
        var row = new Row(reader);
        return new Friendship(row.Text(), row.Text(), row.Time(), row.Int(), row.TextOrNull(), row.TextOrNull(), row.TimeOrNull())
        {
            Revision = row.Long(),
        };
    }

    /// <summary>Columns: id, name, union_id, tier, since.</summary>
    public static KnownCustomer MapKnown(DbDataReader reader)
    {
        var row = new Row(reader);
        return new KnownCustomer(row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.Time());
    }
}
