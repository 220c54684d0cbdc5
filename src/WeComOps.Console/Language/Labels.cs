using WeComOps.Answers;
using WeComOps.Healing;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Scorecard;
using WeComOps.Templates;
using WeComOps.Templates.Lint;

namespace WeComOps.Console.Language;

/// <summary>Names of metrics, kinds and states: the same thing has the same word on every page.</summary>
internal static class Labels
{
    /// <summary>The front's total, as a metric of the explain view.</summary>
    public const string ActionScore = "action_score";

    /// <summary>The mid-office's total, as a metric of the explain view.</summary>
    public const string OutcomeScore = "outcome_score";

    public static string Metric(Texts t, string metric) => t[metric switch
    {
        ActionKind.FriendRequests => "好友申请",
        ActionKind.Moments => "朋友圈",
        ActionKind.GroupBuilding => "建群",
        ActionKind.GroupPosts => "群发",
        ActionKind.Replies => "回复客户",
        Scorecard.Metric.AcceptanceRate => "申请通过率",
        Scorecard.Metric.ValuableEngagement => "高价值互动",
        Scorecard.Metric.JoinsByChoice => "主动入群",
        Scorecard.Metric.UsefulInteraction => "有效互动",
        Scorecard.Metric.QuestionsHelped => "按时应答",
        Scorecard.Metric.OnlineSales => "线上成交",
        Scorecard.Metric.Harm => "伤害",
        Scorecard.Metric.BenefitQuestions => "权益咨询",
        Scorecard.Metric.Likes => "点赞",
        ActionScore => "动作分",
        OutcomeScore => "成效分",
        _ => metric,
    }];

    public static string State(Texts t, WeekState state) => t[state switch
    {
        WeekState.Open => "进行中",
        WeekState.Provisional => "待定",
        WeekState.Final => "已定稿",
        WeekState.Restated => "有更正",
        _ => state.ToString(),
    }];

    public static string Kind(Texts t, InstructionKind kind) => t[kind switch
    {
        InstructionKind.FriendRequests => "好友申请",
        InstructionKind.Moment => "朋友圈",
        InstructionKind.GroupBuilding => "建群",
        InstructionKind.GroupPost => "群发",
        _ => kind.ToString(),
    }];

    public static string Kind(Texts t, TemplateKind kind) => t[kind switch
    {
        TemplateKind.RequestCopy => "申请文案",
        TemplateKind.Welcome => "欢迎语",
        TemplateKind.Moment => "朋友圈",
        TemplateKind.JoinCopy => "引流文案",
        TemplateKind.GroupPost => "群发",
        TemplateKind.DirectMessage => "一对一群发",
        TemplateKind.Answer => "应答",
        _ => kind.ToString(),
    }];

    public static string State(Texts t, VersionState state) => t[state switch
    {
        VersionState.Draft => "草稿",
        VersionState.InReview => "待审核",
        VersionState.Returned => "已退回",
        VersionState.Approved => "已批准",
        VersionState.Withdrawn => "已停用",
        _ => state.ToString(),
    }];

    public static string Level(Texts t, LintLevel level) => t[level switch
    {
        LintLevel.Block => "必须改",
        LintLevel.Warn => "请判断",
        LintLevel.Info => "提示",
        _ => level.ToString(),
    }];

    /// <summary>What a branch supposes, in words.</summary>
    public static string Branch(Texts t, TemplateBranch branch) => branch.Conditions.Count == 0
        ? t["不经过任何条件"]
        : string.Join(t["；"], branch.Conditions.Select(condition => condition.Answer switch
        {
            BranchAnswer.Holds => t.Say("{0} 成立", condition.Asked),
            BranchAnswer.Fails => t.Say("{0} 不成立", condition.Asked),
            BranchAnswer.Is => t.Say("{0} 是 {1}", condition.Asked, condition.Value),
            _ => t.Say("{0} 是其他值", condition.Asked),
        }));

    public static string State(Texts t, QuestionState state) => t[state switch
    {
        QuestionState.Identifying => "确认客户中",
        QuestionState.Open => "等待应答",
        QuestionState.Claimed => "应答中",
        QuestionState.Answered => "已应答",
        QuestionState.Used => "已回复客户",
        _ => state.ToString(),
    }];

    public static string State(Texts t, SliceState state) => t[state switch
    {
        SliceState.Planned => "待发送",
        SliceState.Started => "发送中",
        SliceState.Accepted => "已受理",
        SliceState.Running => "执行中",
        SliceState.Rejected => "被拒绝",
        SliceState.Unknown => "结果未知",
        SliceState.Missed => "错过时间",
        SliceState.Closed => "已结束",
        SliceState.Stopped => "没有发出",
        _ => state.ToString(),
    }];

    public static string Topic(Texts t, string? topic) => t[topic switch
    {
        null => "未分类",
        "benefits" => "权益",
        "gold" => "黄金",
        "fund" => "基金",
        "insurance" => "保险",
        "loan" => "贷款",
        "deposit" => "存款",
        "wealth" => "理财",
        "other" => "其他",
        _ => topic,
    }];

    public static string Reason(Texts t, HealReason reason) => t[reason switch
    {
        HealReason.FirstLook => "首次读取",
        HealReason.Nightly => "每日核对",
        HealReason.Outage => "中断之后",
        HealReason.Asked => "人工发起",
        _ => reason.ToString(),
    }];

    public static string Finding(Texts t, FindingKind kind) => t[kind switch
    {
        FindingKind.Added => "补记：成为好友",
        FindingKind.Ended => "好友关系结束，时间不详",
        FindingKind.GroupFound => "补记：建群",
        FindingKind.GroupGone => "群已解散",
        FindingKind.Joined => "补记：入群",
        FindingKind.Left => "退群，时间不详",
        FindingKind.Published => "补记：发表或群发",
        FindingKind.Doubtful => "名单缺得太多，不采信",
        FindingKind.Unreadable => "企业微信不给读",
        _ => kind.ToString(),
    }];

    public static string Counted(Texts t, CountedThing thing) => t[thing switch
    {
        CountedThing.Added => "新增客户",
        CountedThing.Lost => "删除或拉黑",
        _ => thing.ToString(),
    }];

    /// <summary>A fact without a time says so wherever it is named.</summary>
    public static string Fact(Texts t, Fact fact) => fact switch
    {
        { Class: FactClass.TimeUnknown, Corrects: not null } => t["时间已查明，撤回原记录"],
        { Class: FactClass.TimeUnknown, Kind: FactKind.FriendLost } => t["好友关系结束，时间不详"],
        { Class: FactClass.TimeUnknown, Kind: FactKind.GroupLeft } => t["退群，时间不详"],
        _ => Fact(t, fact.Kind),
    };

    public static string Fact(Texts t, FactKind kind) => t[kind switch
    {
        FactKind.RequestsSent => "发出好友申请",
        FactKind.FriendAdded => "成为好友",
        FactKind.FriendLost => "客户删除好友",
        FactKind.MomentPublished => "发表朋友圈",
        FactKind.MomentCommented => "朋友圈评论",
        FactKind.MomentLiked => "朋友圈点赞",
        FactKind.CustomersReached => "触达客户",
        FactKind.GroupCreated => "建群",
        FactKind.GroupJoined => "入群",
        FactKind.GroupLeft => "退群",
        FactKind.GroupPostSent => "群发送达",
        FactKind.QuestionAsked => "客户提问",
        FactKind.QuestionAnswered => "中台应答",
        FactKind.AnswerUsed => "答复已给客户",
        FactKind.LinkClicked => "打开链接",
        FactKind.SaleMade => "成交",
        FactKind.SaleCancelled => "撤单或退货",
        FactKind.AssignmentGiven => "下达任务",
        FactKind.AssignmentExcused => "任务免除",
        FactKind.AssignmentDone => "任务完成",
        FactKind.MemberPlaced => "归属机构",
        FactKind.AppealDecided => "申诉结论",
        _ => kind.ToString(),
    }];
}
