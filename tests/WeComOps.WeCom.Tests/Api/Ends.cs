using System.Text.Json.Nodes;

namespace WeComOps.WeCom.Tests.Api;

/// <summary>What a test says about a result or a body.</summary>
internal static class Ends
{
    public static T Done<T>(this ApiResult<T> result)
    {
        Assert.True(result is ApiResult<T>.Done, result.Describe());
        return ((ApiResult<T>.Done)result).Value;
    }

    public static void RejectedWith<T>(this ApiResult<T> result, int code)
    {
        Assert.True(result is ApiResult<T>.Rejected, result.Describe());
        Assert.Equal(code, ((ApiResult<T>.Rejected)result).Code);
    }

    public static TimeSpan Later<T>(this ApiResult<T> result)
    {
        Assert.True(result is ApiResult<T>.RetryLater, result.Describe());
        return ((ApiResult<T>.RetryLater)result).After;
    }

    public static void IsUnknown<T>(this ApiResult<T> result) => Assert.True(result is ApiResult<T>.Unknown, result.Describe());

    public static void IsPost(this SentRequest request, string path, string body, string token = "T1")
    {
        Assert.Equal(("POST", path, "?access_token=" + token), (request.Verb, request.Path, request.Query));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse(request.Body!)), request.Body);
    }

    public static void IsGet(this SentRequest request, string path, string query = "")
    {
        Assert.Equal(("GET", path, "?access_token=T1" + query), (request.Verb, request.Path, request.Query));
        Assert.Null(request.Body);
    }
}
