using WeComOps.Access;

namespace WeComOps.Console.Language;

/// <summary>Roles in Chinese; <see cref="Texts"/> has the other language.</summary>
internal static class RoleNames
{
    public static string Of(string role) => role switch
    {
        Role.Editor => "中台编辑",
        Role.Reviewer => "合规审核",
        Role.Answerer => "应答员",
        Role.Manager => "管理者",
        Role.Administrator => "系统管理员",
        _ => role,
    };
}
