using WeComOps.WeCom.Tests.Callback;

namespace WeComOps.WeCom.Tests;

internal static class TestSettings
{
    public static Dictionary<string, string?> Valid() => new(StringComparer.Ordinal)
    {
        ["WeCom:ApiBaseUrl"] = "http://127.0.0.1:9",
        ["WeCom:CorpId"] = Vectors.Corp,
        ["WeCom:AgentId"] = "1000002",
        ["WeCom:Secret"] = "secret-of-the-app",
        ["WeCom:Callback:Token"] = Vectors.Token,
        ["WeCom:Callback:EncodingAesKey"] = Vectors.Key,
    };
}
