using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Access;
using WeComOps.Inbox;
using WeComOps.Primitives;

namespace WeComOps.Console.Tests;

public sealed class InboxPageTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    private const string Event = "<xml><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_external_contact]]></Event><UserID><![CDATA[adv10100]]></UserID></xml>";
    private const string Words = "<xml><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[客户的话]]></Content></xml>";

    [Fact]
    public async Task A_parked_event_is_listed_with_its_error_and_waits_again_when_a_person_says_so()
    {
        await ParkAsync("parked-1", Event, "<b>没有这个客户经理</b>");
        using var browser = await console.SignedInAsync(SampleBank.Manager);

        var page = await browser.GetStringAsync(new Uri("/inbox", UriKind.Relative));
        Assert.Contains("customers.record-friend", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;没有这个客户经理", page, StringComparison.Ordinal);
        Assert.Contains("change_external_contact", await browser.GetStringAsync(new Uri("/inbox/parked-1", UriKind.Relative)), StringComparison.Ordinal);

        using var replayed = await ConsoleFixture.PostAsync(browser, "/inbox", "/inbox?handler=Replay", ("message", "parked-1"), ("handler", "customers.record-friend"));

        Assert.Equal("/inbox", replayed.Headers.Location?.OriginalString);
        Assert.DoesNotContain(await Inbox.ParkedAsync(100, CancellationToken.None), item => item.MessageId == "parked-1");
        var audited = (await console.Services.GetRequiredService<IAuditStore>().LatestAsync(10, CancellationToken.None)).First(record => record.Entry.Subject == "parked-1");
        Assert.Equal(("m-zhou", "replay-message"), (audited.Entry.Who, audited.Entry.Action));
    }

    [Fact]
    public async Task Without_the_forms_token_nothing_is_handled_again()
    {
        await ParkAsync("parked-2", Event, "no");
        using var browser = await console.SignedInAsync(SampleBank.Administrator);

        using var answer = await browser.PostAsync(
            new Uri("/inbox?handler=Replay", UriKind.Relative),
            new FormUrlEncodedContent([KeyValuePair.Create("message", "parked-2"), KeyValuePair.Create("handler", "customers.record-friend")]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(await Inbox.ParkedAsync(100, CancellationToken.None), item => item.MessageId == "parked-2");
    }

    [Fact]
    public async Task Unknown_events_are_counted_by_name_with_their_last_time()
    {
        for (var number = 0; number < 3; number++)
        {
            await TakeAsync($"unknown-{number}", "<xml/>");
            await CommitAsync(changes => changes.Routed.Add(new InboxRoute($"unknown-{number}", "customer_acquisition/balance_low", [], SampleData.Now, "")));
        }

        using var browser = await console.SignedInAsync(SampleBank.Administrator);
        var page = await browser.GetStringAsync(new Uri("/inbox", UriKind.Relative));

        Assert.Matches("customer_acquisition/balance_low</code></th><td class=\"r\">3</td>", page);
    }

    [Fact]
    public async Task A_customers_words_are_shown_to_managers_and_not_to_administrators()
    {
        await TakeAsync("words", Words);
        using var manager = await console.SignedInAsync(SampleBank.Manager);
        using var administrator = await console.SignedInAsync(SampleBank.Administrator);

        Assert.Contains("客户的话", await manager.GetStringAsync(new Uri("/inbox/words", UriKind.Relative)), StringComparison.Ordinal);
        Assert.DoesNotContain("客户的话", await administrator.GetStringAsync(new Uri("/inbox/words", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/inbox")]
    [InlineData("/inbox/parked-1")]
    public async Task Who_sees_one_branch_sees_no_message_of_the_bank(string path)
    {
        using var browser = await console.SignedInAsync(SampleBank.BranchManager);

        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private IInboxStore Inbox => console.Services.GetRequiredService<IInboxStore>();

    private Task TakeAsync(string id, string body) =>
        console.Services.GetRequiredService<IIntake>().StoreAsync(new ReceivedMessage(id, SampleData.Now, body), CancellationToken.None);

    private async Task ParkAsync(string id, string body, string error)
    {
        await TakeAsync(id, body);
        await CommitAsync(changes => changes.Routed.Add(new InboxRoute(id, "change_external_contact", ["customers.record-friend"], SampleData.Now, id)));
        var item = (await Inbox.ClaimAsync(SampleData.Now, TimeSpan.FromMinutes(1), 10, CancellationToken.None)).First(item => item.MessageId == id);
        await CommitAsync(changes => changes.Marks.Add(new InboxMark(id, item.Handler, item.Claim, error, null)));
    }

    private Task CommitAsync(Action<Changes> decide)
    {
        var changes = new Changes();
        decide(changes);
        return console.Services.GetRequiredService<IChangeStore>().CommitAsync(changes, CancellationToken.None);
    }
}
