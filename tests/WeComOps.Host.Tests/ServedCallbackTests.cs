using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Answers;
using WeComOps.Host.Tests.Web;
using WeComOps.Ledger;

namespace WeComOps.Host.Tests;

public sealed class ServedCallbackTests(ServedProduct product) : IClassFixture<ServedProduct>
{
    private const string Question = "客户问：网点周六开门吗？";
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(301);

    [Fact]
    public async Task A_forged_callback_is_refused_and_leaves_nothing() => await RefusedAsync(
        HttpStatusCode.Forbidden, new CallbackForge(product.Bank.Settings.Sandbox, product.Now) { Token = "another" }.Post(product.Url, Text(1)));

    [Fact]
    public async Task A_stale_callback_is_refused_and_leaves_nothing() => await RefusedAsync(HttpStatusCode.Forbidden, product.Forge.Post(product.Url, Text(2), Stale));

    [Fact]
    public async Task A_callback_of_the_future_is_refused_and_leaves_nothing() => await RefusedAsync(HttpStatusCode.Forbidden, product.Forge.Post(product.Url, Text(2), -Stale));

    [Fact]
    public async Task An_oversized_callback_is_refused_and_leaves_nothing() => await RefusedAsync(
        HttpStatusCode.RequestEntityTooLarge, product.Forge.Post(product.Url, Text(3), envelope: static body => body + new string(' ', 1024 * 1024)));

    [Fact]
    public async Task A_callback_with_a_document_type_outside_is_refused_and_leaves_nothing() => await RefusedAsync(
        HttpStatusCode.BadRequest, product.Forge.Post(product.Url, Text(4), envelope: static body => "<!DOCTYPE xml [<!ENTITY a \"b\">]>" + body));

    [Fact]
    public async Task A_callback_with_a_document_type_inside_is_refused_and_leaves_nothing() => await RefusedAsync(
        HttpStatusCode.BadRequest, product.Forge.Post(product.Url, "<!DOCTYPE xml [<!ENTITY a \"b\">]>" + Text(5)));

    [Fact]
    public async Task A_callback_for_another_corp_is_refused_and_leaves_nothing() => await RefusedAsync(
        HttpStatusCode.BadRequest, new CallbackForge(product.Bank.Settings.Sandbox, product.Now) { CorpId = "wwforeign00000001" }.Post(product.Url, Text(6)));

    [Fact]
    public async Task A_repeated_callback_is_one_question()
    {
        var (messages, questions) = await CountAsync();
        for (var again = 0; again < 3; again++)
        {
            // Encrypted anew each time, as WeCom does when it tries again.
            await AcceptedAsync(product.Forge.Post(product.Url, Text(7)));
            await product.WorkAsync();
        }

        Assert.Equal((messages + 1, questions + 1), await CountAsync());
    }

    [Fact]
    public async Task Fifty_distinct_events_of_one_second_are_fifty()
    {
        var (messages, questions) = await CountAsync();
        var forge = product.Forge;
        await Task.WhenAll(Enumerable.Range(1000, 50).Select(id => AcceptedAsync(forge.Post(product.Url, Text(id)))));
        await product.WorkAsync();
        Assert.Equal((messages + 50, questions + 50), await CountAsync());
        Assert.True((await product.FactsAsync(FactKind.QuestionAsked)).Count >= 50);
    }

    private string Text(long id) => product.Forge.Message("adv_001", Question, id);

    private async Task<(long Messages, int Questions)> CountAsync() =>
        (await product.MessagesAsync(), (await product.Services.GetRequiredService<IQuestionStore>().LatestAsync(500, CancellationToken.None)).Count);

    private async Task AcceptedAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await product.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private async Task RefusedAsync(HttpStatusCode expected, HttpRequestMessage request)
    {
        using (request)
        {
            var before = await CountAsync();
            using var answer = await product.Http.SendAsync(request);
            Assert.Equal(expected, answer.StatusCode);
            Assert.Empty(await answer.Content.ReadAsStringAsync());
            await product.WorkAsync();
            Assert.Equal(before, await CountAsync());
        }
    }
}
