using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace WeComOps.WeCom.Tests;

public sealed class WeComOptionsTests
{
    [Fact]
    public void A_complete_section_is_valid() => Assert.Empty(Failures());

    [Theory]
    [InlineData("WeCom:ApiBaseUrl", "qyapi.weixin.qq.com")]
    [InlineData("WeCom:ApiBaseUrl", "https://qyapi.weixin.qq.com/cgi-bin")]
    [InlineData("WeCom:ApiBaseUrl", "ftp://qyapi.weixin.qq.com")]
    [InlineData("WeCom:Proxy", "proxy:3128:x")]
    [InlineData("WeCom:CorpId", "")]
    [InlineData("WeCom:AgentId", "")]
    [InlineData("WeCom:AgentId", "one")]
    [InlineData("WeCom:AgentId", "-1")]
    [InlineData("WeCom:Secret", " ")]
    [InlineData("WeCom:Callback:Token", "")]
    [InlineData("WeCom:Callback:EncodingAesKey", "")]
    [InlineData("WeCom:Callback:EncodingAesKey", "too-short")]
    [InlineData("WeCom:Callback:PreviousEncodingAesKey", "too-short")]
    [InlineData("WeCom:RequestTimeoutSeconds", "0")]
    [InlineData("WeCom:Budgets:message/send", "5")]
    [InlineData("WeCom:Budgets:/cgi-bin/message/send", "0")]
    public void A_wrong_value_is_named_with_a_remedy_and_without_the_value_of_a_secret(string key, string value)
    {
        var failure = Assert.Single(Failures((key, value)));
        Assert.StartsWith(key, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("too-short", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void All_failures_are_reported_together() => Assert.Equal(
        5,
        Failures(("WeCom:CorpId", ""), ("WeCom:AgentId", "x"), ("WeCom:Secret", ""), ("WeCom:Callback:Token", ""), ("WeCom:Callback:EncodingAesKey", "")).Count);

    [Fact]
    public async Task A_host_with_a_wrong_section_does_not_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddWeCom(builder.Configuration);
        using var host = builder.Build();
        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }

    private static List<string> Failures(params (string Key, string Value)[] settings)
    {
        var values = TestSettings.Valid();
        foreach (var (key, value) in settings)
        {
            values[key] = value;
        }

        using var services = new ServiceCollection()
            .AddWeCom(new ConfigurationBuilder().AddInMemoryCollection(values).Build())
            .BuildServiceProvider();
        try
        {
            _ = services.GetRequiredService<IOptions<WeComOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }
}
