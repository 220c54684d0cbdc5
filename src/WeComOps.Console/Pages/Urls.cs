using Microsoft.AspNetCore.Http.Extensions;
using WeComOps.Healing;
using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Console.Pages;

/// <summary>Addresses of the console's pages.</summary>
internal static class Urls
{
    public static string Explain(ScoreWeek week, string metric, string subject, int page = 1)
    {
        var query = new QueryBuilder { { "week", week.ToString() }, { "metric", metric }, { "subject", subject } };
        if (page > 1)
        {
            query.Add("page", page.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return "/explain" + query;
    }

    public static string Fact(FactRef fact) => $"/facts/{fact.Day:yyyy-MM-dd}/{Uri.EscapeDataString(fact.Id)}";

    public static string Gap(CountGap gap) => $"/checks/gaps/{gap.Day:yyyy-MM-dd}/{Uri.EscapeDataString(gap.Advisor)}/{gap.Thing}";

    /// <summary>The picture itself.</summary>
    public static string Picture(string id) => $"/pictures/{Uri.EscapeDataString(id)}";

    /// <summary>The path with those of the pairs that have a value.</summary>
    public static string With(string path, params (string Name, string? Value)[] pairs)
    {
        var query = new QueryBuilder(pairs.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => KeyValuePair.Create(pair.Name, pair.Value!)));
        return path + query;
    }
}
