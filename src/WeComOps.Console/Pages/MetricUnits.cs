using WeComOps.Scorecard;

namespace WeComOps.Console.Pages;

/// <summary>The unit of a metric, in Chinese, for table heads.</summary>
internal static class MetricUnits
{
    public static string Of(string metric) => metric switch
    {
        Metric.AcceptanceRate => "通过÷申请",
        Metric.ValuableEngagement or Metric.JoinsByChoice or Metric.BenefitQuestions or Metric.Likes => "每百次发表",
        Metric.UsefulInteraction => "每百次群发",
        Metric.QuestionsHelped => "按时÷到期",
        Metric.OnlineSales => "每百名客户经理",
        Metric.Harm => "每千人多流失",
        _ => "完成率",
    };
}
