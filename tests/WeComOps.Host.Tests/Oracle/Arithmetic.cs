using System.Globalization;
using System.Text.Json;

namespace WeComOps.Host.Tests.Oracle;

/// <summary>The two scores of the design, worked out a second time: every number of a card by its name.</summary>
internal static class Arithmetic
{
    private const decimal Z = 1.959963984540054m;

    private static readonly Dictionary<string, decimal> ActionWeights = new(StringComparer.Ordinal)
    {
        ["friend_requests"] = 40,
        ["moments"] = 20,
        ["group_building"] = 10,
        ["group_posts"] = 15,
        ["replies"] = 15,
    };

    private static readonly Dictionary<string, (decimal Floor, decimal Target, long Evidence, decimal Weight)> Outcomes = new(StringComparer.Ordinal)
    {
        ["acceptance_rate"] = (0.05m, 0.40m, 200, 25),
        ["valuable_engagement"] = (0, 20, 20, 20),
        ["joins_by_choice"] = (0, 50, 10, 10),
        ["useful_interaction"] = (0, 50, 20, 10),
        ["questions_helped"] = (0.50m, 0.95m, 5, 15),
        ["online_sales"] = (0, 5, 20, 20),
        ["harm"] = (5, 0, 500, 0),
    };

    public static SortedDictionary<string, string> Front(Sums sums)
    {
        SortedDictionary<string, string> numbers = new(StringComparer.Ordinal);
        foreach (var subject in sums.BySubject)
        {
            decimal top = 0, bottom = 0;
            foreach (var (metric, numerator, denominator) in subject)
            {
                var completion = numerator / denominator;
                var interval = metric == "friend_requests" ? null : Wilson(numerator, denominator);
                Put(numbers, $"front {subject.Key} {metric}", numerator, denominator, completion, 100 * completion, ActionWeights[metric], interval);
                top += ActionWeights[metric] * completion;
                bottom += ActionWeights[metric];
            }

            numbers[$"front {subject.Key} score"] = Number(100 * top / bottom, 1);
        }

        return numbers;
    }

    public static SortedDictionary<string, string> Mid(Sums sums)
    {
        SortedDictionary<string, string> numbers = new(StringComparer.Ordinal);
        foreach (var subject in sums.BySubject)
        {
            decimal top = 0, bottom = 0, penalty = 0;
            var lines = subject.Where(line => line.Denominator > 0).ToArray();
            foreach (var (metric, numerator, denominator) in lines)
            {
                var value = ValueOf(metric, numerator, denominator);
                decimal? points = null;
                if (Outcomes.TryGetValue(metric, out var rule) && denominator >= rule.Evidence)
                {
                    points = 100 * Math.Clamp((value - rule.Floor) / (rule.Target - rule.Floor), 0, 1);
                    (top, bottom) = (top + (rule.Weight * points.Value), bottom + rule.Weight);
                    penalty = metric == "harm" ? 20 * (1 - (points.Value / 100)) : penalty;
                }

                var interval = metric is "acceptance_rate" or "questions_helped" ? Wilson(Math.Min(numerator, denominator), denominator) : null;
                Put(numbers, $"mid {subject.Key} {metric}", numerator, denominator, value, points, rule.Weight, interval);
            }

            if (lines.Length > 0)
            {
                numbers[$"mid {subject.Key} score"] = Number(bottom == 0 ? null : Math.Max(0, (top / bottom) - penalty), 1);
            }
        }

        return numbers;
    }

    /// <summary>The numbers of a stored card under the same names; a subject without lines has none.</summary>
    public static SortedDictionary<string, string> Read(JsonElement card, string side)
    {
        SortedDictionary<string, string> numbers = new(StringComparer.Ordinal);
        foreach (var subject in card.GetProperty(side).EnumerateArray().Where(subject => subject.GetProperty("lines").GetArrayLength() > 0))
        {
            var name = $"{side} {subject.GetProperty("subject").GetString()}";
            numbers.Add(name + " score", Number(Maybe(subject, "score"), 1));
            foreach (var line in subject.GetProperty("lines").EnumerateArray())
            {
                (decimal, decimal)? interval = line.TryGetProperty("interval", out var bounds) ? (bounds[0].GetDecimal(), bounds[1].GetDecimal()) : null;
                Put(
                    numbers, $"{name} {line.GetProperty("metric").GetString()}", Maybe(line, "numerator")!.Value, Maybe(line, "denominator")!.Value, Maybe(line, "value"),
                    Maybe(line, "points"), Maybe(line, "weight")!.Value, interval);
                Assert.Equal(Math.Floor(Maybe(line, "denominator")!.Value), line.GetProperty("evidence").GetDecimal());
                Assert.Equal(0, line.GetProperty("missing").GetArrayLength());
            }
        }

        return numbers;
    }

    private static decimal ValueOf(string metric, decimal numerator, decimal denominator) => metric switch
    {
        "acceptance_rate" => Math.Min(1, numerator / denominator),
        "questions_helped" => numerator / denominator,
        "harm" => Math.Max(0, (1000 * numerator / denominator) - 1),
        _ => 100 * numerator / denominator,
    };

    private static void Put(
        SortedDictionary<string, string> numbers, string name, decimal numerator, decimal denominator, decimal? value, decimal? points, decimal weight,
        (decimal Low, decimal High)? interval)
    {
        numbers.Add(name + " numerator", Number(numerator, 6));
        numbers.Add(name + " denominator", Number(denominator, 6));
        numbers.Add(name + " value", Number(value, 6));
        numbers.Add(name + " points", Number(points, 1));
        numbers.Add(name + " weight", Number(weight, 6));
        numbers.Add(name + " interval", interval is { } both ? $"{Number(both.Low, 6)} to {Number(both.High, 6)}" : "none");
    }

    private static string Number(decimal? value, int digits) => value is { } number
        ? Math.Round(number, digits, MidpointRounding.ToEven).ToString("0.######", CultureInfo.InvariantCulture)
        : "null";

    private static decimal? Maybe(JsonElement element, string name) =>
        element.GetProperty(name).ValueKind == JsonValueKind.Null ? null : element.GetProperty(name).GetDecimal();

    /// <summary>The roots of (p - x)² = z²·x(1 - x)/n.</summary>
    private static (decimal Low, decimal High)? Wilson(decimal successes, decimal trials)
    {
        var discriminant = Root((Z * Z) + (4 * successes * (1 - (successes / trials))));
        var middle = (2 * successes) + (Z * Z);
        var below = 2 * (trials + (Z * Z));
        return (Math.Max(0, (middle - (Z * discriminant)) / below), Math.Min(1, (middle + (Z * discriminant)) / below));
    }

    private static decimal Root(decimal value)
    {
        var root = (decimal)Math.Sqrt((double)value);
        for (var i = 0; i < 3; i++)
        {
            root = (root + (value / root)) / 2;
        }

        return root;
    }
}
