using System.Globalization;
using System.Text;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Bank;

/// <summary>Files that the bank hands over: its customers, its leave days, the day's market.</summary>
internal static class BankFiles
{
    /// <summary>Everybody the bank knows, friends and prospects; the bank knows the unionid, not WeCom's external userid.</summary>
    public static string Customers(IEnumerable<Customer> customers)
    {
        var text = new StringBuilder("externalUserId,unionid,tier,ageBand,segment,lifeCycle,payroll,riskLevel\n");
        foreach (var one in customers)
            text.Append(CultureInfo.InvariantCulture, $",{one.UnionId},{one.Tier},{one.AgeBand},{one.Segment},{one.LifeCycle},{(one.Payroll ? "true" : "false")},{one.RiskLevel}\n");
        return text.ToString();
    }

    public static string Leave(IEnumerable<Advisor> advisors)
    {
        var text = new StringBuilder("userid,date\n");
        foreach (var advisor in advisors)
            foreach (var day in advisor.Leave.Order()) text.Append(CultureInfo.InvariantCulture, $"{advisor.UserId},{ShanghaiTime.Iso(day)}\n");
        return text.ToString();
    }

    public static byte[] MarketJson(IEnumerable<MarketFact> facts) => Json.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var fact in facts)
        {
            writer.WriteStartObject();
            writer.WriteString("key", fact.Key);
            writer.WriteString("name", fact.Name);
            writer.WriteString("value", fact.Value);
            writer.WriteString("unit", fact.Unit);
            writer.WriteString("source", fact.Source);
            writer.WriteString("time", ShanghaiTime.Iso(fact.Time));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
