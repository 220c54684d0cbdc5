namespace WeComOps.Benchmarks.Load;

/// <summary>The corp whose callbacks are sent: every server and the client know it.</summary>
internal static class Corp
{
    public const string Id = "wwbenchmark00000001";
    public const string AgentId = "1000002";
    public const string Token = "benchmarkToken";
    public const string Key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    public static Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        // Nobody listens there: what the product tries to fetch is refused at once.
        ["WeCom:ApiBaseUrl"] = "http://127.0.0.1:9",
        ["WeCom:CorpId"] = Id,
        ["WeCom:AgentId"] = AgentId,
        ["WeCom:Secret"] = "secret-of-the-app",
        ["WeCom:Callback:Token"] = Token,
        ["WeCom:Callback:EncodingAesKey"] = Key,
    };
}
