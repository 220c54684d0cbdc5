namespace WeComOps.Sandbox.Story;

/// <summary>What customers ask about, in words that leave no doubt about the topic.</summary>
internal static class Topics
{
    public const string Benefits = "benefits";

    private static readonly Dictionary<string, string[]> Questions = new(StringComparer.Ordinal)
    {
        ["fund"] =
        [
            "债券基金现在还适合加仓吗？", "我那只混合基金跌了要不要赎回？", "指数基金定投每月多少合适？", "货币基金和短债基金差别大吗？", "这只基金的管理费是多少？", "基金的申购费能打折吗？",
        ],
        ["deposit"] =
        [
            "三年期大额存单现在还有额度吗？", "定期存款到期了转存什么期限好？", "大额存单可以提前支取吗？", "通知存款和定期存款怎么选？", "存款利率还会再降吗？", "五年期大额存单比三年期高多少？",
        ],
        ["gold"] =
        [
            "黄金现在还能买吗？", "积存金起点是多少？", "金价涨这么多还能上车吗？", "实物黄金和积存金哪个好？", "想配置一点黄金，占多少合适？", "黄金回购怎么收费？",
        ],
        ["insurance"] =
        [
            "年金保险的现金价值怎么看？", "增额终身寿险和年金险哪个好？", "给孩子买教育金保险合适吗？", "这款保险可以提前退保吗？", "重疾险保额多少够用？", "保险的犹豫期是几天？",
        ],
        ["wealth"] =
        [
            "R2的理财产品最近收益怎么样？", "理财产品净值跌了要不要赎回？", "有没有半年期的理财？", "固收类理财起购金额是多少？", "理财到期后几天到账？", "日开理财节假日能赎回吗？",
        ],
        ["loan"] =
        [
            "房贷可以提前还款吗？", "经营贷需要什么材料？", "消费贷款额度能提高吗？", "按揭贷款月供什么时候调整？", "公积金贷款怎么办理？",
        ],
        [Benefits] =
        [
            "立减金怎么兑换？", "积分领不到怎么办？", "优惠券在哪里领？", "立减金到账要多久？", "积分兑换的礼品什么时候发货？", "满减优惠券为什么用不了？",
        ],
        ["other"] =
        [
            "网点周六开门吗？", "手机银行密码忘了怎么办？", "换了手机号要去网点办理吗？", "银行卡丢了怎么挂失？", "U盾过期怎么换？",
        ],
    };

    private static readonly string[] Investments = ["fund", "deposit", "gold", "insurance", "wealth"];

    public static bool IsInvestment(string topic) => Investments.Contains(topic, StringComparer.Ordinal);

    /// <summary>An investment topic: the person's own interest, or one that the text is about.</summary>
    public static string Investment(string text, string interest, double draw)
    {
        string? spoken = text.Contains("黄金", StringComparison.Ordinal) || text.Contains("金价", StringComparison.Ordinal) ? "gold"
            : text.Contains("基金", StringComparison.Ordinal) ? "fund"
            : text.Contains("存单", StringComparison.Ordinal) || text.Contains("存款", StringComparison.Ordinal) ? "deposit"
            : text.Contains("保险", StringComparison.Ordinal) || text.Contains("年金", StringComparison.Ordinal) ? "insurance"
            : text.Contains("理财", StringComparison.Ordinal) ? "wealth" : null;
        if (spoken is not null && draw < 0.7) return spoken;
        return IsInvestment(interest) ? interest : Investments[(int)(draw * Investments.Length) % Investments.Length];
    }

    public static string Ask(string topic, ulong draw)
    {
        var questions = Questions[topic];
        return questions[(int)(draw % (ulong)questions.Length)];
    }

    /// <summary>The topic of a question that a person wrote.</summary>
    public static string Guess(string text)
    {
        bool Has(params string[] words) => words.Any(word => text.Contains(word, StringComparison.Ordinal));
        if (Has("立减金", "积分", "兑换", "优惠券", "满减")) return Benefits;
        if (Has("贷款", "房贷", "经营贷")) return "loan";
        if (Has("基金")) return "fund";
        if (Has("黄金", "积存金", "金价")) return "gold";
        if (Has("存款", "存单")) return "deposit";
        if (Has("保险", "年金", "保单")) return "insurance";
        return Has("理财") ? "wealth" : "other";
    }

    /// <summary>A topic for a question out of the blue.</summary>
    public static string Any(string interest, double draw) => draw < 0.6 ? interest : Questions.Keys.Order(StringComparer.Ordinal).ElementAt((int)(draw * 1000) % Questions.Count);
}
