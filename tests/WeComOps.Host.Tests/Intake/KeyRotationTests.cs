using System.Net;
using WeComOps.Host.Tests.Cli;
using WeComOps.Host.Tests.Web;

namespace WeComOps.Host.Tests.Intake;

public sealed class KeyRotationTests : IDisposable
{
    private const string NewToken = "TokenAfterTheChange";
    private static readonly string NewKey = Convert.ToBase64String("the-key-that-comes-after-a-chang"u8).TrimEnd('=');
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task With_callbacks_in_flight_old_and_new_keys_are_taken_until_the_old_ones_are_removed()
    {
        await using (var node = await CallbackNode.StartAsync(
            _folder.FullName,
            ("WeCom:Callback:Token", NewToken), ("WeCom:Callback:EncodingAesKey", NewKey),
            ("WeCom:Callback:PreviousToken", CallbackNode.Tenant.CallbackToken), ("WeCom:Callback:PreviousEncodingAesKey", CallbackNode.Tenant.EncodingAesKey)))
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(id => node.PostAsync(id % 2 == 0
                ? node.Forge.Post(node.Http.BaseAddress!, node.Text(id))
                : Renewed(node).Post(node.Http.BaseAddress!, node.Text(id)))));

            Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
            Assert.Equal(60, (await node.StoredAsync()).Count);
        }

        await using var after = await CallbackNode.StartAsync(_folder.FullName, ("WeCom:Callback:Token", NewToken), ("WeCom:Callback:EncodingAesKey", NewKey));
        Assert.Equal(HttpStatusCode.Forbidden, await after.PostAsync(after.Text(100)));
        Assert.Equal(HttpStatusCode.OK, await after.PostAsync(Renewed(after).Post(after.Http.BaseAddress!, after.Text(101))));
    }

    private static CallbackForge Renewed(CallbackNode node) =>
        new(CallbackNode.Tenant with { CallbackToken = NewToken, EncodingAesKey = NewKey }, node.Clock.GetUtcNow());
}
