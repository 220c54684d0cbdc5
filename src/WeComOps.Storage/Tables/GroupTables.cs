using System.Data.Common;
using WeComOps.Customers;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

internal static class GroupTables
{
    public const string GroupColumns = "chat_id, name, owner, created_at, member_version, dismissed, instruction";
    public const string MembershipColumns = "m.chat_id, m.customer, m.joined_at, m.left_at, m.state";
    public const string JoinCodeColumns = "state, chat_id, advisor, instruction, config_id, qr_code";

    private static readonly Statement UpsertGroup = Statement.Upsert(
        "customer_groups", ["chat_id"], ["name", "owner", "created_at", "member_version", "dismissed", "instruction"]);

    private static readonly Statement UpsertMembership = Statement.Upsert(
        "group_members", ["chat_id", "customer", "joined_at"], ["left_at", "state"]);

    private static readonly Statement UpsertJoinCode = Statement.Upsert(
        "join_codes", ["state"], ["chat_id", "advisor", "instruction", "config_id", "qr_code"]);

    public static ValueTask<int> SaveAsync(SqlSession session, CustomerGroup group) => session.ExecuteAsync(
        UpsertGroup, group.ChatId, group.Name, group.Owner, group.CreatedAt.Ms(), group.MemberVersion, group.Dismissed.Flag(), group.Instruction);

    public static ValueTask<int> SaveAsync(SqlSession session, GroupMembership membership) => session.ExecuteAsync(
        UpsertMembership, membership.ChatId, membership.Customer, membership.JoinedAt.Ms(), membership.LeftAt.Ms(), membership.State);

    public static ValueTask<int> SaveAsync(SqlSession session, JoinCode code) => session.ExecuteAsync(
        UpsertJoinCode, code.State, code.ChatId, code.Advisor, code.Instruction, code.ConfigId, code.QrCode);

    public static CustomerGroup MapGroup(DbDataReader reader)
    {
        var row = new Row(reader);
        return new CustomerGroup(row.Text(), row.Text(), row.Text(), row.Time(), row.Text(), row.Flag(), row.TextOrNull());
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
