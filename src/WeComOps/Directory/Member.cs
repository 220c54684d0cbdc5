namespace WeComOps.Directory;

/// <summary>A branch: a WeCom department that members belong to.</summary>
public sealed record Branch(string Id, string Name, string? ParentId);

/// <summary>An advisor: a WeCom member.</summary>
/// <param name="UserId">WeCom userid.</param>
/// <param name="HasCustomers">Has 客户联系, so may be instructed.</param>
/// <param name="Active">False once WeCom no longer lists the member.</param>
public sealed record Member(string UserId, string Name, string? Title, string BranchId, bool HasCustomers, bool Active);

public interface IDirectoryStore
{
    Task<IReadOnlyList<Branch>> BranchesAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<Member>> MembersAsync(CancellationToken cancellationToken);

    /// <summary>How many members may be instructed.</summary>
    Task<int> CountAdvisorsAsync(CancellationToken cancellationToken);

    Task<Member?> FindMemberAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Days in the closed range on which the advisor is on leave.</summary>
    Task<IReadOnlyList<Leave>> LeaveAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken);
}

public sealed record Leave(string UserId, DateOnly Day);
