using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WeComOps.Primitives;
using WeComOps.WeCom.Api.Wire;

namespace WeComOps.WeCom.Api;

/// <summary>The typed client. What all calls share is here; each area has a file of its own.</summary>
internal sealed partial class WeComApi(
    HttpClient http, AccessTokens tokens, IRateBudget budget, ReadRetries retries, WeComMetrics metrics, IOptions<WeComOptions> options,
    ILoggerFactory loggers, IDutyStore? duties = null) : IWeComApi
{
    /// <summary>No list of WeCom's is that long: 1,000 rows on a page and 10,000 pages.</summary>
    private const int MaxPages = 10_000;

    /// <summary>Attachments of a moment or mass message.</summary>
    private const int MostPictures = 9;

    private readonly Caller _caller = new(new Transport(http), tokens, budget, retries, duties, metrics, loggers.CreateLogger<Caller>());

    private async Task<ApiResult<T>> CallAsync<TReply, T>(
        WireCall call, JsonTypeInfo<TReply> type, Func<TReply, T> map, CancellationToken cancellationToken)
    {
        var end = await _caller.CallAsync(call, cancellationToken);
        return end.To(call.Creating, body => map(Parse(body, type)));
    }

    /// <summary>All pages as one result. Raw holds the bodies, one after the other, each on lines of its own.</summary>
    private async Task<ApiResult<IReadOnlyList<T>>> PageAsync<TReply, T>(
        Func<string, WireCall> call, JsonTypeInfo<TReply> type, Func<TReply, IEnumerable<T>> map, CancellationToken cancellationToken)
        where TReply : IPage
    {
        var items = new List<T>();
        var bodies = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var cursor = "";
        do
        {
            var result = await CallAsync(
                call(cursor), type, reply => (Items: map(reply).ToList(), reply.NextCursor), cancellationToken);
            if (result is not ApiResult<(List<T> Items, string? NextCursor)>.Done page)
            {
                return As<IReadOnlyList<T>, (List<T>, string?)>(result);
            }

            items.AddRange(page.Value.Items);
            bodies.Add(page.Raw);
            cursor = page.Value.NextCursor ?? "";
            if (cursor.Length > 0 && (!seen.Add(cursor) || bodies.Count >= MaxPages))
            {
                return new ApiResult<IReadOnlyList<T>>.Unknown("the list does not end: a cursor came back");
            }
        }
        while (cursor.Length > 0);

        return new ApiResult<IReadOnlyList<T>>.Done(items, string.Join('\n', bodies));
    }

    /// <summary>A failure of one type as the same failure of another.</summary>
    private static ApiResult<TOut> As<TOut, TIn>(ApiResult<TIn> result) => result switch
    {
        ApiResult<TIn>.Rejected rejected => new ApiResult<TOut>.Rejected(rejected.Code, rejected.Message),
        ApiResult<TIn>.RetryLater later => new ApiResult<TOut>.RetryLater(later.After, later.Reason),
        ApiResult<TIn>.Unknown unknown => new ApiResult<TOut>.Unknown(unknown.Reason),
        _ => throw new InvalidOperationException("Only failures are converted."),
    };

    private static ApiResult<T>.Rejected Refuse<T>(string rule) => new(ErrorCodes.BadParameter, rule + " (not sent)");

    private static TReply Parse<TReply>(string body, JsonTypeInfo<TReply> type) =>
        JsonSerializer.Deserialize(body, type) ?? throw new JsonException("The body is null.");
}
