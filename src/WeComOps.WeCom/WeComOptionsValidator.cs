using System.Globalization;
using Microsoft.Extensions.Options;
using WeComOps.WeCom.Callback;

namespace WeComOps.WeCom;

/// <summary>Reports everything that is wrong with <see cref="WeComOptions"/> at once, each with what to do. Names no secret's value.</summary>
internal sealed class WeComOptionsValidator : IValidateOptions<WeComOptions>
{
    public ValidateOptionsResult Validate(string? name, WeComOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(WeComOptions options)
    {
        if (!IsHttp(options.ApiBaseUrl, out var address) || address.PathAndQuery != "/" || address.Fragment.Length > 0)
        {
            yield return "WeCom:ApiBaseUrl must be scheme, host and port only, such as https://qyapi.weixin.qq.com. Correct it or leave it out.";
        }

        if (!string.IsNullOrEmpty(options.Proxy) && !IsHttp(options.Proxy, out _))
        {
            yield return "WeCom:Proxy must be an address such as http://proxy.bank.example:3128. Correct it or leave it out.";
        }

        if (string.IsNullOrWhiteSpace(options.CorpId))
        {
            yield return "WeCom:CorpId is missing. Copy 企业ID from 我的企业 → 企业信息 in the WeCom admin console.";
        }

        if (!long.TryParse(options.AgentId, NumberStyles.None, CultureInfo.InvariantCulture, out var agent) || agent <= 0)
        {
            yield return "WeCom:AgentId must be a positive number. Copy AgentId from 应用管理 → the app's page in the WeCom admin console.";
        }

        if (string.IsNullOrWhiteSpace(options.Secret))
        {
            yield return "WeCom:Secret is missing. Copy Secret from 应用管理 → the app's page in the WeCom admin console.";
        }

        foreach (var failure in CallbackFailures(options.Callback))
        {
            yield return failure;
        }

        if (options.RequestTimeoutSeconds is < 1 or > 60)
        {
            yield return "WeCom:RequestTimeoutSeconds must be 1 to 60. Correct it or leave it out (10).";
        }

        foreach (var (path, perMinute) in options.Budgets)
        {
            if (perMinute < 1 || !path.StartsWith("/cgi-bin/", StringComparison.Ordinal))
            {
                yield return $"WeCom:Budgets:{path} must name an API path that starts with /cgi-bin/ and allow at least 1 call per minute.";
            }
        }
    }

    private static IEnumerable<string> CallbackFailures(CallbackOptions callback)
    {
        if (string.IsNullOrWhiteSpace(callback.Token))
        {
            yield return "WeCom:Callback:Token is missing. Copy Token from 应用管理 → the app → 接收消息 → 设置API接收.";
        }

        if (!CallbackCrypto.IsKey(callback.EncodingAesKey))
        {
            yield return "WeCom:Callback:EncodingAesKey must be the 43 characters shown under 应用管理 → the app → 接收消息 → 设置API接收.";
        }

        if (!string.IsNullOrEmpty(callback.PreviousEncodingAesKey) && !CallbackCrypto.IsKey(callback.PreviousEncodingAesKey))
        {
            yield return "WeCom:Callback:PreviousEncodingAesKey must be the 43 characters used before the change. Correct it or leave it out.";
        }
    }

    private static bool IsHttp(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0;
}
