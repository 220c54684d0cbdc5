using WeComOps.Console.Language;
using WeComOps.Instructions;
using WeComOps.Scorecard;

namespace WeComOps.Console.Explaining;

/// <summary>A number put into words: what it means, the figures put in, and how it became points.</summary>
/// <param name="Meaning">The formula in words.</param>
/// <param name="Figures">The same with the actual figures.</param>
/// <param name="Points">How the value became points, or why there are none.</param>
internal sealed record Formula(string Meaning, string Figures, string Points, string? Interval)
{
    public static Formula Of(Line line, ScorecardRules rules, Texts t) => new(
        t[Words(line.Metric)],
        PutIn(line, rules, t),
        PointsOf(line, rules, t),
        line.Interval is { } interval ? t.Say("95% 置信区间 {0} 到 {1}。", Language.Figures.Percent(interval.Low), Language.Figures.Percent(interval.High)) : null);

    private static string Words(string metric) => metric switch
    {
        ActionKind.FriendRequests => "好友申请完成率 = 每个应做工作日的完成度之和 ÷ 应做的人天。一天的完成度 = 发出数 ÷ 当天目标，最多记 1。是否通过不影响动作分。",
        ActionKind.Moments => "朋友圈完成率 = 截止前发表的任务 ÷ 下达的任务。",
        ActionKind.GroupBuilding => "建群完成率 = 截止前按要求建好的群 ÷ 下达的任务。群的大小不影响动作分。",
        ActionKind.GroupPosts => "群发完成率 = 截止前发出的任务 ÷ 下达的任务。",
        ActionKind.Replies => "回复完成率 = 规定时间内把中台答复给到客户的次数 ÷ 应回复的次数。",
        Metric.AcceptanceRate => "申请通过率 = 客户经理的申请带来的好友 ÷ 发出的申请，按当时所用的申请文案计。",
        Metric.ValuableEngagement => "高价值互动 = 高价值客户的评论和投资类提问 ÷ 发表次数 × 100。",
        Metric.JoinsByChoice => "主动入群 = 自己扫码入群的客户 ÷ 带入群码的发表次数 × 100。",
        Metric.UsefulInteraction => "有效互动 = 群发后 48 小时内的投资类提问、链接打开和成交 ÷ 群发次数 × 100。消息条数不计。",
        Metric.QuestionsHelped => "按时应答 = 服务时间内应答的提问 ÷ 本周到期的提问。",
        Metric.OnlineSales => "线上成交 = 通过链接成交的净笔数（扣除撤单和退货）÷ 收到要求的客户经理 × 100。",
        Metric.Harm => "伤害 = 触达后 48 小时内删除客户经理的客户 ÷ 触达客户 × 1000 − 平常的流失。伤害只会扣分。",
        Metric.BenefitQuestions => "权益咨询 = 问权益领取的提问 ÷ 发表次数 × 100。只作参考，不计分。",
        Metric.Likes => "点赞 = 点赞 ÷ 发表次数 × 100。只作参考，不计分。",
        _ => metric,
    };

    private static string PutIn(Line line, ScorecardRules rules, Texts t)
    {
        if (line.Value is not { } value)
        {
            return t["没有分母，暂时算不出。"];
        }

        var numerator = Language.Figures.Count(line.Numerator);
        var denominator = Language.Figures.Count(line.Denominator);
        var result = Language.Figures.Value(line.Metric, value);
        return line.Metric switch
        {
            Metric.Harm => $"{numerator} ÷ {denominator} × 1000 − {Language.Figures.Count(rules.HarmBaseline)} = {result}" + (value == 0 ? t["（低于平常，记 0）"] : string.Empty),
            _ when Language.Figures.IsRate(line.Metric) => $"{numerator} ÷ {denominator} = {result}",
            _ => $"{numerator} ÷ {denominator} × 100 = {result}",
        };
    }

    private static string PointsOf(Line line, ScorecardRules rules, Texts t)
    {
        if (Metric.Context.Contains(line.Metric))
        {
            return t["只作参考，不计分。"];
        }

        if (!rules.Outcomes.TryGetValue(line.Metric, out var rule))
        {
            return line.Points is { } completed
                ? t.Say("得分 = 完成率 × 100 = {0}，权重 {1}。", Language.Figures.Score(completed), Language.Figures.Count(line.Weight))
                : t["没有任务，不计分。"];
        }

        if (line.Points is not { } points)
        {
            return t.Say("证据 {0}，少于 {1}：数据不足，不计分。", Language.Figures.Count(line.Evidence), Language.Figures.Count(rule.MinimumEvidence));
        }

        var floor = Language.Figures.Value(line.Metric, rule.Floor);
        var target = Language.Figures.Value(line.Metric, rule.Target);
        var scale = t.Say("{0} 记 0 分，{1} 记 100 分，中间按比例：", floor, target);
        return line.Metric == Metric.Harm
            ? t.Say("{0}得分 {1}，从总分里扣 {2}（最多 {3}）。", scale, Language.Figures.Score(points), Language.Figures.Score(rules.HarmPenalty * (1 - (points / 100))), Language.Figures.Count(rules.HarmPenalty))
            : t.Say("{0}得分 {1}，权重 {2}。", scale, Language.Figures.Score(points), Language.Figures.Count(line.Weight));
    }
}
