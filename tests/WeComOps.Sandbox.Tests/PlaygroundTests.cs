using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WeComOps.Sandbox.Tests;

public sealed class PlaygroundTests
{
    [Fact]
    public async Task A_person_publishes_follows_buys_asks_and_leaves()
    {
        await using var sandbox = await SandboxFixture.StartAsync(connect: true);
        await sandbox.LiveUntilAsync("2026-10-19 07:00");
        var url = $"{sandbox.Product!.Url}l/tok1";
        var job = await StoryTests.MomentAsync(sandbox, $"<b>金价</b>要点 {url}", ["adv_001"]);
        sandbox.Clock.MoveTo(sandbox.Clock.GetUtcNow().AddMinutes(1));
        var moment = (await sandbox.GetAsync($"externalcontact/get_moment_task_result?jobid={job}")).GetProperty("result").GetProperty("moment_id").GetString()!;
        var page = await sandbox.PageAsync("/sandbox/advisor/adv_001");
        Assert.Contains("&lt;b&gt;金价&lt;/b&gt;", page, StringComparison.Ordinal);
        await ActAsync(sandbox, "/sandbox/advisor/adv_001/publish", ("id", moment));
        var customer = (await sandbox.OkAsync("externalcontact/get_moment_send_result", JsonSerializer.Serialize(new { moment_id = moment, userid = "adv_001" }))).GetProperty("customer_list")[0].GetProperty("external_userid").GetString()!;
        var own = $"/sandbox/customer/{customer}";
        var shop = await ActAsync(sandbox, own + "/follow", ("url", url), ("cause", moment));
        Assert.Contains("/p/fund/steady-1", await sandbox.PageAsync(shop), StringComparison.Ordinal);
        await ActAsync(sandbox, own + "/buy", ("click", shop[(shop.IndexOf('=', StringComparison.Ordinal) + 1)..]));
        await ActAsync(sandbox, own + "/ask", ("advisor", "adv_001"), ("question", "黄金现在还能买吗？"));
        await ActAsync(sandbox, own + "/delete", ("advisor", "adv_001"));

        var (id, body, signed) = Assert.Single(sandbox.Product.Sales.Distinct());
        using var sale = JsonDocument.Parse(body);
        Assert.Equal("c1", sale.RootElement.GetProperty("click").GetString());
        Assert.Equal("fund", sale.RootElement.GetProperty("productLine").GetString());
        var secret = Convert.FromBase64String(sandbox.Options.SalesSigningSecret[6..]);
        var timestamp = signed.Split(' ')[0];
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}"))), signed.Split(' ')[1]);
        Assert.Contains(sandbox.Product.Opened, open => open.Agent.Contains("MicroMessenger", StringComparison.Ordinal));
        Assert.Contains(sandbox.Product.Callbacks, xml => ((string?)xml.Element("Content"))?.EndsWith("问：黄金现在还能买吗？", StringComparison.Ordinal) == true);
        Assert.Equal(customer, (string?)Assert.Single(sandbox.Product.Events("del_follow_user")).Element("ExternalUserID"));
    }

    [Fact]
    public async Task Pages_carry_a_strict_policy_and_refuse_forms_of_other_sites()
    {
        await using var sandbox = await SandboxFixture.StartAsync();
        using var page = await sandbox.Http.GetAsync(new Uri(sandbox.Server.BaseUrl, "/sandbox"));
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var html = await page.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", html, StringComparison.OrdinalIgnoreCase);
        using var form = new FormUrlEncodedContent([new("content", "x")]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(sandbox.Server.BaseUrl, "/sandbox/advisor/adv_001/write")) { Content = form };
        request.Headers.Add("Origin", "https://evil.example.com");
        using var refused = await sandbox.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task The_bank_hands_over_customers_leave_and_the_market()
    {
        await using var sandbox = await SandboxFixture.StartAsync(new SandboxOptions());
        var lines = (await sandbox.PageAsync("/sandbox/bank/customers.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("externalUserId,unionid,tier,ageBand,segment,lifeCycle,payroll,riskLevel", lines[0]);
        Assert.True(lines.Length > 60 * 100);
        Assert.All(lines.Skip(1), line => Assert.Equal(8, line.Split(',').Length));
        var valuable = lines.Count(line => line.Contains(",白金,", StringComparison.Ordinal) || line.Contains(",私行,", StringComparison.Ordinal));
        Assert.InRange(valuable * 100 / lines.Length, 10, 14);
        Assert.StartsWith("userid,date\nadv_", await sandbox.PageAsync("/sandbox/bank/leave.csv"), StringComparison.Ordinal);
        Assert.Contains("fed_funds", await sandbox.PageAsync("/sandbox/bank/market?day=2026-10-29"), StringComparison.Ordinal);
        Assert.Contains("lpr_1y", await sandbox.PageAsync("/sandbox/bank/market?day=2026-10-20"), StringComparison.Ordinal);
        Assert.Equal("[]", await sandbox.PageAsync("/sandbox/bank/market?day=2026-10-25"));
    }

    private static async Task<string> ActAsync(SandboxFixture sandbox, string path, params (string Name, string Value)[] fields)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        using var form = new FormUrlEncodedContent(fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value)));
        using var answer = await http.PostAsync(new Uri(sandbox.Server.BaseUrl, path), form);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, string.Create(CultureInfo.InvariantCulture, $"{path}: {(int)answer.StatusCode}"));
        return answer.Headers.Location!.ToString();
    }
}
