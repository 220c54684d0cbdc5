using System.Data.Common;
using WeComOps.Directory;
using WeComOps.Storage.Sql;

namespace WeComOps.Storage.Tables;

internal static class DirectoryTables
{
    public const string MemberColumns = "user_id, name, title, branch_id, has_customers, active";

    private static readonly Statement UpsertBranch = Statement.Upsert("branches", ["id"], ["name", "parent_id"]);

    private static readonly Statement UpsertMember =
        Statement.Upsert("members", ["user_id"], ["name", "title", "branch_id", "has_customers", "active"]);

    private static readonly Statement InsertLeave = Statement.InsertIfNew("leave_days", "user_id", "day");

    public static ValueTask<int> SaveAsync(SqlSession session, Branch branch) =>
        session.ExecuteAsync(UpsertBranch, branch.Id, branch.Name, branch.ParentId);

    public static ValueTask<int> SaveAsync(SqlSession session, Member member) => session.ExecuteAsync(
        UpsertMember, member.UserId, member.Name, member.Title, member.BranchId, member.HasCustomers.Flag(), member.Active.Flag());

    public static ValueTask<int> SaveAsync(SqlSession session, Leave leave) =>
        session.ExecuteAsync(InsertLeave, leave.UserId, leave.Day.Text());

    /// <summary>Columns: id, name, parent_id.</summary>
    public static Branch MapBranch(DbDataReader reader)
    {
        var row = new Row(reader);
        return new Branch(row.Text(), row.Text(), row.TextOrNull());
    }

    public static Member MapMember(DbDataReader reader)
    {
        var row = new Row(reader);
        return new Member(row.Text(), row.Text(), row.TextOrNull(), row.Text(), row.Flag(), row.Flag());
    }

    /// <summary>Columns: user_id, day.</summary>
    public static Leave MapLeave(DbDataReader reader)
    {
        var row = new Row(reader);
        return new Leave(row.Text(), row.Day());
    }
}
