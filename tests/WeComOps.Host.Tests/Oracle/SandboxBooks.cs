using System.Globalization;
using System.Text.Json;
using WeComOps.Sandbox;

namespace WeComOps.Host.Tests.Oracle;

/// <summary>What the sandbox says happened, of all weeks around a run, and what it knows of its customers. The product is not asked.</summary>
internal sealed class SandboxBooks : IDisposable
{
    private readonly List<JsonDocument> _weeks = [];
    private readonly List<JsonDocument> _events = [];
    private readonly Dictionary<string, BankCustomer> _customers = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private SandboxBooks()
    {
    }

    /// <summary>Reads the books of every week from the one before the first Monday to the one after the last.</summary>
    public static async Task<SandboxBooks> ReadAsync(SandboxServer sandbox, SandboxOptions options)
    {
        var books = new SandboxBooks();
        using var http = new HttpClient { BaseAddress = sandbox.BaseUrl };
        for (var week = -1; week <= options.Weeks; week++)
        {
            var name = Days.Week(options.FirstMonday.AddDays(7 * week));
            books._weeks.Add(JsonDocument.Parse(sandbox.BooksJson(name)));
            books._events.Add(JsonDocument.Parse(await http.GetStringAsync("/sandbox/books/events?week=" + name)));
        }

        var tiers = (await http.GetStringAsync("/sandbox/bank/customers.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1).Select(line => line.Split(',')).ToDictionary(cells => cells[1], cells => cells[2], StringComparer.Ordinal);
        var token = (await JsonAsync(http, $"/cgi-bin/gettoken?corpid={options.CorpId}&corpsecret={options.Secret}")).GetProperty("access_token").GetString();
        foreach (var id in books.Events("moment_commented").Select(one => Text(one, "customer"))
            .Concat(books.Of("credits").Concat(books.Of("sales")).Select(one => Text(one, "externalUserId"))).Distinct())
        {
            var answer = await JsonAsync(http, $"/cgi-bin/externalcontact/get?access_token={token}&external_userid={id}");
            Assert.Equal(0, answer.GetProperty("errcode").GetInt32());
            books._customers[id] = new BankCustomer(
                options.ValuableTiers.Contains(tiers[Text(answer.GetProperty("external_contact"), "unionid")]),
                [.. answer.GetProperty("follow_user").EnumerateArray().Select(follow => (Text(follow, "userid"), follow.GetProperty("createtime").GetInt64()))]);
        }

        foreach (var advisor in books.Of("advisors").Select(advisor => Text(advisor, "userid")).Distinct())
        {
            books._names[advisor] = Text(await JsonAsync(http, $"/cgi-bin/user/get?access_token={token}&userid={advisor}"), "name");
        }

        return books;
    }

    public string NameOf(string advisor) => _names[advisor];

    public BankCustomer Customer(string id) => _customers[id];

    /// <summary>The entries of a list of the books, of all weeks.</summary>
    public IEnumerable<JsonElement> Of(string list) => _weeks.SelectMany(week => week.RootElement.GetProperty(list).EnumerateArray());

    public IEnumerable<JsonElement> Events(string kind) => _events.SelectMany(week => week.RootElement.EnumerateArray()).Where(one => Text(one, "kind") == kind);

    public void Dispose()
    {
        foreach (var document in _weeks.Concat(_events))
        {
            document.Dispose();
        }
    }

    public static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static DateTimeOffset Time(JsonElement element, string name) => element.GetProperty(name).GetDateTimeOffset();

    public static DateTimeOffset? MaybeTime(JsonElement element, string name) =>
        element.GetProperty(name).ValueKind == JsonValueKind.Null ? null : element.GetProperty(name).GetDateTimeOffset();

    private static async Task<JsonElement> JsonAsync(HttpClient http, string path)
    {
        using var document = JsonDocument.Parse(await http.GetStringAsync(path));
        return document.RootElement.Clone();
    }
}

/// <param name="Follows">Advisors with the second of the friendship, as WeCom shows them.</param>
internal sealed record BankCustomer(bool Valuable, IReadOnlyList<(string Advisor, long Since)> Follows);

/// <summary>Days, weeks and business minutes in Shanghai, worked out for the tests alone: no holiday falls into the demo's weeks.</summary>
internal static class Days
{
    private static readonly TimeSpan Shanghai = TimeSpan.FromHours(8);
    private static readonly (int Opens, int Closes)[] Shifts = [(9 * 60, 12 * 60), ((13 * 60) + 30, (17 * 60) + 30)];

    public static DateOnly Of(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Shanghai).DateTime);

    public static DateTimeOffset At(DateOnly day, int hour, int minute = 0) => new(day.ToDateTime(new TimeOnly(hour, minute)), Shanghai);

    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    public static DateOnly Monday(DateTimeOffset at) => Monday(Of(at));

    public static string Week(DateOnly monday)
    {
        var date = monday.ToDateTime(TimeOnly.MinValue);
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(date)}-W{ISOWeek.GetWeekOfYear(date):00}");
    }

    public static bool IsWorkday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>When so many minutes of service time have passed.</summary>
    public static DateTimeOffset After(DateTimeOffset start, int minutes)
    {
        var left = TimeSpan.FromMinutes(minutes);
        for (var day = Of(start); ; day = day.AddDays(1))
        {
            foreach (var (opens, closes) in Shifts)
            {
                DateTimeOffset from = At(day, 0).AddMinutes(opens), to = At(day, 0).AddMinutes(closes);
                from = from < start ? start : from;
                if (!IsWorkday(day) || from >= to)
                {
                    continue;
                }

                if (left <= to - from)
                {
                    return from + left;
                }

                left -= to - from;
            }
        }
    }
}
