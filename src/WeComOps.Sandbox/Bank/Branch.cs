namespace WeComOps.Sandbox.Bank;

/// <summary>A branch (支行): a department of the tenant and the diligence that is usual there.</summary>
internal sealed record Branch(int DepartmentId, string Name, double Diligence)
{
    /// <summary>The six branches of the simulated bank; department 1 is the bank itself.</summary>
    public static readonly IReadOnlyList<Branch> All =
    [
        new(2, "天河支行", 0.95), new(3, "越秀支行", 0.60), new(4, "海珠支行", 0.93),
        new(5, "番禺支行", 0.58), new(6, "白云支行", 0.85), new(7, "黄埔支行", 0.80),
    ];
}
