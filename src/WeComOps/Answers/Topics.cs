namespace WeComOps.Answers;

/// <summary>
/// Topics of questions, told from their words. The first topic whose word occurs decides; benefits come first, because a
/// question about a coupon for a fund is about the coupon.
/// </summary>
public static class Topics
{
    public const string Benefits = "benefits";
    public const string Other = "other";

    private static readonly (string Topic, string[] Words)[] Rules =
    [
        (Benefits, ["立减金", "满减", "优惠券", "兑换", "积分", "抽奖", "领不到", "礼品", "米面油"]),
        ("gold", ["黄金", "金价", "积存金", "金条"]),
        ("fund", ["基金", "定投", "债基", "股基"]),
        ("insurance", ["保险", "年金", "保单", "重疾", "增额寿"]),
        ("loan", ["贷款", "房贷", "按揭", "提前还", "信用贷", "经营贷", "消费贷"]),
        ("deposit", ["存款", "大额存单", "存单", "定期", "活期"]),
        ("wealth", ["理财", "国债", "逆回购", "债券", "固收", "收益率", "赎回", "结构性"]),
    ];

    /// <summary>All topics, for filters and the desk.</summary>
    public static IReadOnlyList<string> All => [.. Rules.Select(rule => rule.Topic), Other];

    /// <summary>The product type of a topic as the rules for content call it; null where there is none.</summary>
    public static string? ProductTypeOf(string? topic) => topic switch
    {
        "gold" => "precious_metal",
        "fund" or "insurance" or "loan" or "deposit" or "wealth" => topic,
        _ => null,
    };

    public static string Of(string question)
    {
        foreach (var (topic, words) in Rules)
        {
            if (words.Any(word => question.Contains(word, StringComparison.Ordinal)))
            {
                return topic;
            }
        }

        return Other;
    }
}
