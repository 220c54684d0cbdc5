using WeComOps.Answers;

namespace WeComOps.Tests.Answers;

public sealed class QuestionRoutingTests
{
    [Theory]
    [InlineData("李女士问：国债怎么买？", "李女士", "国债怎么买？")]
    [InlineData("王芳客户问:利率还降吗", "王芳", "利率还降吗")]
    [InlineData("客户问这款产品能提前赎回吗", null, "客户问这款产品能提前赎回吗")]
    [InlineData("请问：有没有黄金产品", null, "请问：有没有黄金产品")]
    [InlineData("客户问：有没有黄金产品", null, "客户问：有没有黄金产品")]
    public void The_name_before_问_is_the_customer(string message, string? name, string question)
    {
        var (foundName, foundQuestion) = RouteQuestion.Split(message);
        Assert.Equal((name, question), (foundName, foundQuestion));
    }

    [Theory]
    [InlineData("黄金现在还能买吗？", "gold")]
    [InlineData("理财产品净值跌了要不要赎回？", "wealth")]
    [InlineData("那只混合基金跌了要不要赎回？", "fund")]
    [InlineData("买基金的立减金怎么兑换？", "benefits")]
    [InlineData("经营贷需要什么材料？", "loan")]
    [InlineData("网点周六开门吗？", "other")]
    public void The_topic_is_told_from_the_words(string question, string topic) => Assert.Equal(topic, Topics.Of(question));
}
