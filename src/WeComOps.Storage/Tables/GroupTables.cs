using System.Data.Common;
using WeComOps.Customers;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

internal static class GroupTables
{
    public const string GroupColumns = "chat_id, name, owner, created_at, member_version, dismissed, instruction, revision";
    public const string MembershipColumns = "m.chat_id, m.customer, m.joined_at, m.left_at, m.state";
    public const string JoinCodeColumns = "state, chat_id, advisor, instruction, config_id, qr_code";

    private static readonly Statement UpsertGroup = new(
        """
        INSERT INTO customer_groups (chat_id, name, owner, created_at, member_version, dismissed, instruction)
        VALUES (@chat_id, @name, @owner, @created_at, @member_version, @dismissed, @instruction)
        ON CONFLICT (chat_id) DO UPDATE SET
            name = excluded.name, owner = excluded.owner, created_at = excluded.created_at, member_version = excluded.member_version,
            dismissed = excluded.dismissed, instruction = excluded.instruction, revision = customer_groups.revision + 1
        WHERE customer_groups.revision = @revision
        """, "chat_id", "name", "owner", "created_at", "member_version", "dismissed", "instruction", "revision");

    private static readonly Statement UpsertMembership = Statement.Upsert(
        "group_members", ["chat_id", "customer", "joined_at"], ["left_at", "state"]);

    private static readonly Statement UpsertJoinCode = Statement.Upsert(
        "join_codes", ["state"], ["chat_id", "advisor", "instruction", "config_id", "qr_code"]);

    /// <exception cref="WeComOps.Primitives.ConflictException">It, or who is in it, was written by another since it was read.</exception>
    public static async ValueTask SaveAsync(SqlSession session, CustomerGroup group)
    {
        var touched = await session.ExecuteAsync(
            UpsertGroup, group.ChatId, group.Name, group.Owner, group.CreatedAt.Ms(), group.MemberVersion, group.Dismissed.Flag(), group.Instruction,
            group.Revision);
        Conflict.Unless(touched == 1, "Group", group.ChatId);
    }

    public static ValueTask<int> SaveAsync(SqlSession session, GroupMembership membership) => session.ExecuteAsync(
        UpsertMembership, membership.ChatId, membership.Customer, membership.JoinedAt.Ms(), membership.LeftAt.Ms(), membership.State);

    public static ValueTask<int> SaveAsync(SqlSession session, JoinCode code) => session.ExecuteAsync(
        UpsertJoinCode, code.State, code.ChatId, code.Advisor, code.Instruction, code.ConfigId, code.QrCode);

    public static CustomerGroup MapGroup(DbDataReader reader)
    {
        var row = new Row(reader);
        return new CustomerGroup(row.Text(), row.Text(), row.Text(), row.Time(), row.Text(), row.Flag(), row.TextOrNull()) { Revision = row.Long() };
    }

    public static GroupMembership MapMembership(DbDataReader reader)
    {
        var row = new Row(reader);
        return new GroupMembership(row.Text(), row.Text(), row.Time(), row.TimeOrNull(), row.TextOrNull());
    }

    public static JoinCode MapJoinCode(DbDataReader reader)
    {
        var row = new Row(reader);
        return new JoinCode(row.Text(), row.Text(), row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull());
    }
}
