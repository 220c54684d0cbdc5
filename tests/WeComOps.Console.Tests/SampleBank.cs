using WeComOps.Access;
using WeComOps.Directory;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Console.Tests;

/// <summary>Branches, advisors, people and content of an invented bank.</summary>
internal static class SampleBank
{
    public static readonly IReadOnlyList<(string Id, string Name, decimal Zeal, decimal Luck)> Branches =
    [
        ("101", "城东支行", 0.95m, 0.25m), ("102", "城西支行", 0.55m, 0.90m), ("103", "高新支行", 0.92m, 0.85m), ("104", "老城支行", 0.50m, 0.20m), ("105", "滨江支行", 0.80m, 0.60m),
    ];

    public static readonly Person Editor = new("e-lin", "林岚", [Role.Editor], null, "财富内容组");
    public static readonly Person Reviewer = new("r-gu", "顾清", [Role.Reviewer], null, null);
    public static readonly Person Answerer = new("a-he", "何平", [Role.Answerer], null, null);
    public static readonly Person Manager = new("m-zhou", "周总", [Role.Manager], null, null);
    public static readonly Person BranchManager = new("m-dong", "董行长", [Role.Manager], "101", null);
    public static readonly Person Administrator = new("s-wu", "吴工", [Role.Administrator], null, null);

    public static readonly IReadOnlyList<Person> People =
        [Manager, BranchManager, Editor, new("e-su", "苏禾", [Role.Editor], null, "零售活动组"), Reviewer, Answerer, Administrator];

    private const string Surnames = "赵钱孙李周吴郑王冯陈褚卫";
    private static readonly string[] GivenNames = ["敏", "一诺", "海峰", "雪", "建国", "思远", "婷婷", "磊", "佳", "文博", "欣", "志强"];

    public static IEnumerable<Member> Members(int perBranch) =>
        from branch in Branches.Select((branch, index) => (branch.Id, index))
        from number in Enumerable.Range(0, perBranch)
        select new Member(
            $"adv{branch.Id}{number:00}", $"{Surnames[(number + (branch.index * 3)) % Surnames.Length]}{GivenNames[(number * 5 + branch.index) % GivenNames.Length]}", "客户经理",
            branch.Id, HasCustomers: true, Active: true);

    public static ContentRef Content(string template, string? instruction) => template switch
    {
        "plain-hello" => new(instruction, template, 1, null, "e-lin", "财富内容组", null),
        "coupon-hello" => new(instruction, template, 1, null, "e-su", "零售活动组", null),
        "fed-cut" => new(instruction, template, 1, null, "e-lin", "财富内容组", "理财"),
        "coupon-push" => new(instruction, template, 1, null, "e-su", "零售活动组", "信用卡"),
        "gold-weekly" => new(instruction, template, 1, null, "e-lin", "财富内容组", "黄金"),
        _ => throw new ArgumentOutOfRangeException(nameof(template), template, "No such sample."),
    };

    public static IEnumerable<Template> Templates(DateTimeOffset now)
    {
        yield return Approved("plain-hello", TemplateKind.RequestCopy, "一句话自我介绍", "e-lin", "财富内容组", null, "您好，我是某某银行的{{ advisor.name }}。", now);
        yield return Approved("coupon-hello", TemplateKind.RequestCopy, "加我领立减金", "e-su", "零售活动组", null, "加我好友，领 20 元立减金！", now);
        yield return Approved("fed-cut", TemplateKind.Moment, "美联储降息，对存款有什么影响", "e-lin", "财富内容组", "理财", "{{ opening }}昨夜美联储降息 25 个基点，活期利率短期不变。\n详情：{{ link }}", now);
        yield return Approved("coupon-push", TemplateKind.Moment, "周末满减来了", "e-su", "零售活动组", "信用卡", "周末满减，名额有限。{{ link }}", now);
        yield return Approved("gold-weekly", TemplateKind.GroupPost, "黄金周评", "e-lin", "财富内容组", "黄金", "本周金价先抑后扬，波动加大。{{ link }}", now);
        yield return Approved("answer-gold", TemplateKind.Answer, "黄金还能买吗", "e-lin", "财富内容组", null, "黄金波动较大，建议占家庭资产 5% 到 10%，分批配置。", now);
        var waiting = new Template("deposit-news", TemplateKind.Moment, "大额存单额度", "e-lin", "财富内容组", "存款", [])
            .SaveDraft(Source("moment", "大额存单额度", "存款", "本周大额存单额度有限，可预约。{{ link }}"), now).Submit(now);
        yield return waiting;
    }

    private static Template Approved(string id, TemplateKind kind, string title, string author, string team, string? line, string body, DateTimeOffset now) =>
        new Template(id, kind, title, author, team, line, []).SaveDraft(Source(TemplateSource.NameOf(kind), title, line, body), now.AddDays(-30)).Submit(now.AddDays(-30))
            .Approve("r-gu", now.AddDays(-29));

    private static string Source(string kind, string title, string? line, string body) =>
        $"---\nkind: {kind}\ntitle: {title}\n{(line is null ? string.Empty : $"productLine: {line}\n")}wordings:\n  opening:\n    - 各位朋友，\n    - 关注利率的朋友，\n---\n{body}\n";

    public static void AddTo(Changes changes, int perBranch, DateTimeOffset now)
    {
        changes.Branches.AddRange(Branches.Select(branch => new Branch(branch.Id, branch.Name, "1")));
        changes.Branches.Add(new Branch("1", "某某银行", null));
        changes.Members.AddRange(Members(perBranch));
        changes.Templates.AddRange(Templates(now));
    }
}
