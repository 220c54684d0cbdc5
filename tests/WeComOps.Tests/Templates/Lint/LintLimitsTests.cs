using WeComOps.Templates.Lint;

namespace WeComOps.Tests.Templates.Lint;

/// <summary>WeCom's limits, links, personal data, characters that are not seen (reliability.md, fault 34), wordings.</summary>
public sealed class LintLimitsTests
{
    [Theory]
    [InlineData("moment", 2000, true)]
    [InlineData("moment", 2001, false)]
    [InlineData("join_copy", 2001, false)]
    [InlineData("group_post", 1333, true)]
    [InlineData("group_post", 1334, false)]
    [InlineData("direct_message", 1334, false)]
    [InlineData("welcome", 1334, false)]
    [InlineData("answer", 682, true)]
    [InlineData("answer", 683, false)]
    public void Length_is_counted_in_characters_or_bytes_as_WeCom_does(string kind, int characters, bool fits) =>
        Assert.Equal(fits, Linting.Check(new string('银', characters), kind).Rule("too-long").All(finding => finding.Level != LintLevel.Block));

    [Fact]
    public void An_emoji_is_one_character_of_a_moment() =>
        Assert.DoesNotContain(Linting.Check(string.Concat(Enumerable.Repeat("😀", 1800)), "moment").Rule("too-long"), finding => finding.Level == LintLevel.Block);

    [Fact]
    public void A_long_request_is_questioned() => Assert.Equal(LintLevel.Warn, Linting.Check(new string('银', 51), "request_copy").Only("too-long").Level);

    [Theory]
    [InlineData("看https://evil.example/a")]
    [InlineData("看http://m.bank.example/a")]
    [InlineData("看https://m.bank.example@evil.example/")]
    [InlineData("看https://m.bank.example.evil.com/")]
    [InlineData("看https:\\\\evil.com/")]
    [InlineData("看ｈｔｔｐｓ：／／ｅｖｉｌ．ｃｏｍ／")]
    [InlineData("看 evil.com 就知道")]
    [InlineData("看{{ link }}abc")]
    public void A_link_to_elsewhere_forbids(string body) =>
        Assert.Equal(LintLevel.Block, Linting.Check(body, "moment", settings: new LintSettings { AllowedHosts = ["m.bank.example"] }).Rule("link-host")[0].Level);

    [Theory]
    [InlineData("看https://m.bank.example/a，很清楚")]
    [InlineData("看{{ link }}，很清楚")]
    [InlineData("看{{ link }}（规则）")]
    [InlineData("利率 3.25%，版本 2.0")]
    public void Allowed_hosts_and_the_tracked_link_are_fine(string body) =>
        Assert.Empty(Linting.Check(body, "moment", settings: new LintSettings { AllowedHosts = ["m.bank.example"] }).Rule("link-host"));

    [Theory]
    [InlineData("打13812345678找我")]
    [InlineData("打 138 1234 5678 找我")]
    [InlineData("打１３８１２３４５６７８找我")]
    [InlineData("证件11010519491231002X")]
    [InlineData("卡号6222 0212 3456 7890 128")]
    public void Numbers_of_a_person_forbid_and_are_not_repeated(string body)
    {
        var finding = Linting.Check(body).Only("personal-data");
        Assert.Equal(LintLevel.Block, finding.Level);
        Assert.Contains("***", finding.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("客服 95588，网点 020-88888888")]
    [InlineData("2026-11-09 15:30 收盘 932.40")]
    [InlineData("登记编码 C1030126000123")]
    [InlineData("贷款 1000000 元，12000 元")]
    public void Other_numbers_are_fine(string body) => Assert.Empty(Linting.Check(body).Rule("personal-data"));

    [Theory]
    [InlineData("您\u200b好", LintLevel.Warn, 2)]
    [InlineData("您\u202e好", LintLevel.Block, 2)]
    [InlineData("您\ue000好", LintLevel.Block, 2)]
    public void What_is_not_seen_is_found(string body, LintLevel level, int column)
    {
        var finding = Linting.Check(body).Only("hidden-characters");
        Assert.Equal((level, Linting.BodyLine, column), (finding.Level, finding.Line, finding.Column));
    }

    /// <summary>Reliability.md, fault 33: whatever a text repeats, reading it costs what its length costs.</summary>
    [Theory]
    [InlineData("a.")]
    [InlineData("a")]
    [InlineData("https://a")]
    [InlineData("https://a.cn ")]
    [InlineData("1 ")]
    [InlineData("1-")]
    [InlineData("年化")]
    [InlineData("不承诺")]
    [InlineData("防范")]
    [InlineData("王先生的")]
    [InlineData("比银行")]
    [InlineData("保.")]
    public void A_text_that_repeats_itself_is_read_within_a_second(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 16_000 / System.Text.Encoding.UTF8.GetByteCount(piece)));
        Linting.Check("热身");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.NotNull(Linting.Check(text, "moment", "wealth"));
        Assert.True(watch.ElapsedMilliseconds < 1000, $"{watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public void No_rule_can_backtrack() => Assert.All(
        LintRules.Default.Texts.SelectMany(rule => rule.Patterns.Concat(rule.Except).Concat(rule.Unless)).Concat(LintRules.Default.Allowed),
        pattern => Assert.True(pattern.Options.HasFlag(System.Text.RegularExpressions.RegexOptions.NonBacktracking), pattern.ToString()));

    [Fact]
    public void A_family_of_emoji_is_one_picture() => Assert.Empty(Linting.Check("👨‍👩‍👧您好").Rule("hidden-characters"));

    [Theory]
    [InlineData("moment")]
    [InlineData("group_post")]
    [InlineData("join_copy")]
    public void A_named_customer_is_refused_where_many_read(string kind)
    {
        const string matter = "variables:\n  customer_name: { type: text, sample: 王芳 }\n";
        Assert.Equal(LintLevel.Block, Linting.Check("{{ customer_name }}您好", kind, matter: matter).Only("named-customer").Level);
        Assert.Empty(Linting.Check("{{ customer_name }}您好", "direct_message", matter: matter).Rule("named-customer"));
    }

    [Fact]
    public void An_expired_template_is_refused_and_one_that_ends_soon_is_told()
    {
        Assert.Equal(LintLevel.Block, Linting.Check("好", matter: "expires: 2026-11-21\n").Only("expired").Level);
        Assert.Equal(LintLevel.Info, Linting.Check("好", matter: "expires: 2026-11-30\n").Only("expired").Level);
        Assert.Empty(Linting.Check("好", matter: "expires: 2027-11-30\n").Rule("expired"));
    }

    [Fact]
    public void What_is_declared_and_not_used_is_told() =>
        Assert.Equal(["a", "n"], Linting.Check("好", matter: "variables:\n  n: { type: number, sample: \"3\" }\nwordings:\n  a: [甲, 乙]\n").Rule("unused").Select(finding => finding.Found).Order(StringComparer.Ordinal));

    [Fact]
    public void A_link_is_refused_where_none_is_sent() => Assert.Equal(LintLevel.Block, Linting.Check("看{{ link }}").Only("no-link-here").Level);

    [Fact]
    public void Colleagues_do_not_post_one_sentence()
    {
        const string matter = "wordings:\n  opening: [今天说黄金。, 今早看盘。]\n";
        const string body = "{{ opening }}上海金收盘价变动不大，分批积存更从容，家里的黄金一般不超过一成，回购的规则和费用先看清楚再决定，半年内要用的钱不放进来。";
        Assert.NotEmpty(Linting.Check(body, "moment", matter: matter, settings: new LintSettings { Advisors = 300 }).Rule("few-wordings"));
        var few = Linting.Check(body, "moment", matter: matter);
        Assert.Empty(few.Rule("few-wordings"));
        Assert.Equal(2, few.Wordings);
        Assert.NotEmpty(few.Rule("alike"));
        var different = Linting.Check("{{ opening }}", "moment", matter: matter);
        Assert.Empty(different.Rule("alike"));
        Assert.True(different.Likeness < few.Likeness);
    }
}
