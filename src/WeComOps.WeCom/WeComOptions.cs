namespace WeComOps.WeCom;

/// <summary>Section <c>WeCom</c>: one self-built app of one corp. Checked at start by <see cref="WeComOptionsValidator"/>.</summary>
public sealed class WeComOptions
{
    public const string Section = "WeCom";

    /// <summary>Scheme, host and port of the server API, without a path.</summary>
    public string ApiBaseUrl { get; set; } = "https://qyapi.weixin.qq.com";

    /// <summary>Outgoing HTTP proxy such as <c>http://proxy.bank.example:3128</c>; empty connects directly.</summary>
    public string? Proxy { get; set; }

    public string CorpId { get; set; } = "";

    /// <summary>The app's numeric id. Text, so that a typing mistake is reported together with all others.</summary>
    public string AgentId { get; set; } = "";

    public string Secret { get; set; } = "";

    public CallbackOptions Callback { get; set; } = new();

    /// <summary>Time-out of one HTTP request, 1 to 60 seconds of real time.</summary>
    public int RequestTimeoutSeconds { get; set; } = 10;

    /// <summary>Calls per minute and API path (<c>/cgi-bin/message/send</c>); a path that is not named keeps its default.</summary>
    public Dictionary<string, int> Budgets { get; set; } = new(StringComparer.Ordinal);
}

/// <summary>What WeCom signs and encrypts callbacks with (doc 90968).</summary>
public sealed class CallbackOptions
{
    public string Token { get; set; } = "";

    /// <summary>43 characters, as WeCom's console shows it.</summary>
    public string EncodingAesKey { get; set; } = "";

    /// <summary>The token before the last change; still accepted while it is set.</summary>
    public string? PreviousToken { get; set; }

    /// <summary>The key before the last change; still accepted while it is set.</summary>
    public string? PreviousEncodingAesKey { get; set; }
}
