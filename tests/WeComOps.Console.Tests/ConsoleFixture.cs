using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Access;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Ledger;
using WeComOps.Primitives;

namespace WeComOps.Console.Tests;

/// <summary>One running console with a small bank in it, shared by the tests that only look.</summary>
public sealed partial class ConsoleFixture : IAsyncLifetime
{
    public const string HostileName = "<script>alert('x')</script>";

    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("console-tests-");
    private readonly ManualClock _clock = new(SampleData.Now);

    public WebApplication App { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    internal IServiceProvider Services => App.Services;

    public async ValueTask InitializeAsync()
    {
        App = ConsoleHost.Build(_clock, _directory.FullName, "http://127.0.0.1:0");
        await App.StartAsync();
        Address = new Uri(App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await SampleData.FillAsync(App.Services, _clock, perBranch: 4, weeks: 2);
        await SampleExtras.FillAsync(App.Services);
        var hostile = new Changes();
        hostile.Members.Add(new Member("hostile", HostileName, null, "101", HasCustomers: true, Active: true));
        hostile.Groups.Add(new CustomerGroup("chat-hostile", HostileName, "hostile", SampleData.Now, "v1", Dismissed: false, Instruction: null));
        hostile.Sources.Add(new RawSource("inbox:hostile", "callback", SampleData.Now, $"<xml><Name><![CDATA[{HostileName}]]></Name></xml>"));
        hostile.Record(new Fact
        {
            Id = "question_asked:hostile",
            Day = new DateOnly(2026, 11, 16),
            Kind = FactKind.QuestionAsked,
            OccurredAt = SampleData.Now.AddDays(-1),
            DueAt = SampleData.Now.AddDays(-1).AddHours(1),
            Advisor = "hostile",
            Branch = "101",
            Topic = "gold",
            Source = "inbox:hostile",
            RecordedAt = SampleData.Now,
        });
        await App.Services.GetRequiredService<IChangeStore>().CommitAsync(hostile, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    /// <summary>A browser of its own that follows no redirect.</summary>
    public HttpClient Browser() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), UseCookies = true }) { BaseAddress = Address };

    public async Task<HttpClient> SignedInAsync(Person person)
    {
        var browser = Browser();
        var answer = await PostAsync(browser, "/signin", "/signin?handler=Become", ("id", person.Id));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    /// <summary>Posts with the token of the form that the page shows.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string page, string target, params (string Name, string Value)[] fields)
    {
        var token = TokenOf(await browser.GetStringAsync(new Uri(page, UriKind.Relative)));
        var form = fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2));
        return await browser.PostAsync(new Uri(target, UriKind.Relative), new FormUrlEncodedContent(form));
    }

    public static string TokenOf(string html) => Token().Match(html) is { Success: true } match
        ? match.Groups["token"].Value
        : throw new InvalidOperationException("The page has no form with a token.");

    /// <summary>Value of a hidden field of the page.</summary>
    public static string FieldOf(string html, string name) => Hidden().Matches(html).FirstOrDefault(match => match.Groups["name"].Value == name)?.Groups["value"].Value
        ?? throw new InvalidOperationException($"The page has no hidden field {name}.");

    /// <summary>The value that a button of that name sends.</summary>
    public static string ButtonOf(string html, string name)
    {
        var from = html.IndexOf($"name=\"{name}\" value=\"", StringComparison.Ordinal);
        return from < 0 ? throw new InvalidOperationException($"The page has no button {name}.") : html[(from + name.Length + 15)..html.IndexOf('"', from + name.Length + 15)];
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
