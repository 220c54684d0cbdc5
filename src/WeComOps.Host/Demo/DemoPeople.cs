using WeComOps.Access;

namespace WeComOps.Host.Demo;

/// <summary>The mid-office of the demo bank, and who reads its scorecard.</summary>
internal static class DemoPeople
{
    public const string ProfessionalEditor = "chen.jing";
    public const string CouponEditor = "zhao.lei";
    public const string Reviewer = "sun.he";
    public const string Answerer = "wu.min";
    public const string Manager = "lin.yuan";
    public const string Administrator = "admin";
    public const string ProfessionalTeam = "财富内容组";
    public const string CouponTeam = "活动运营组";

    public static readonly IReadOnlyList<Person> All =
    [
        new(Manager, "林远（分行管理者）", [Role.Manager], Branch: null, Team: null),
        new("he.tianhe", "何佳（天河支行管理者）", [Role.Manager], Branch: "2", Team: null),
        new(ProfessionalEditor, "陈静（财富内容组）", [Role.Editor], Branch: null, ProfessionalTeam),
        new(CouponEditor, "赵磊（活动运营组）", [Role.Editor], Branch: null, CouponTeam),
        new(Reviewer, "孙赫（合规审核）", [Role.Reviewer], Branch: null, Team: null),
        new(Answerer, "吴敏（应答台）", [Role.Answerer], Branch: null, Team: null),
        new(Administrator, "系统管理员", [Role.Administrator], Branch: null, Team: null),
    ];
}
