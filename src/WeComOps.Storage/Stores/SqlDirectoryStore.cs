using WeComOps.Directory;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

internal sealed class SqlDirectoryStore(SqlEngine engine) : IDirectoryStore
{
    public Task<IReadOnlyList<Branch>> BranchesAsync(CancellationToken cancellationToken) => engine.ListAsync(
        "SELECT id, name, parent_id FROM branches ORDER BY id", [], DirectoryTables.MapBranch, cancellationToken);

    public Task<IReadOnlyList<Member>> MembersAsync(CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {DirectoryTables.MemberColumns} FROM members ORDER BY user_id", [], DirectoryTables.MapMember, cancellationToken);

    public async Task<int> CountAdvisorsAsync(CancellationToken cancellationToken) =>
        checked((int)await engine.CountAsync("SELECT count(*) FROM members WHERE active = 1 AND has_customers = 1", [], cancellationToken));

    public Task<Member?> FindMemberAsync(string userId, CancellationToken cancellationToken) => engine.FindAsync(
        $"SELECT {DirectoryTables.MemberColumns} FROM members WHERE user_id = @userId",
        [("userId", userId)], DirectoryTables.MapMember, cancellationToken);

    public Task<IReadOnlyList<Leave>> LeaveAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken) => engine.ListAsync(
        "SELECT user_id, day FROM leave_days WHERE day BETWEEN @from AND @to ORDER BY day, user_id",
        [("from", from.Text()), ("to", to.Text())], DirectoryTables.MapLeave, cancellationToken);
}
