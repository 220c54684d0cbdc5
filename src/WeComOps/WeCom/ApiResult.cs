namespace WeComOps.WeCom;

/// <summary>
/// How a call to WeCom ended. Expected endings are values, never exceptions: a caller that creates something must know
/// whether the call may have been accepted.
/// </summary>
public abstract record ApiResult<T>
{
    private ApiResult()
    {
    }

    /// <summary>WeCom answered <c>errcode</c> 0. <paramref name="Raw"/> is the body as received: the source of facts.</summary>
    public sealed record Done(T Value, string Raw) : ApiResult<T>;

    /// <summary>WeCom refused: nothing was created. <paramref name="Code"/> is its <c>errcode</c> (never 0 or -1).</summary>
    public sealed record Rejected(int Code, string Message) : ApiResult<T>;

    /// <summary>
    /// The call certainly did not take effect and may be made again after <paramref name="After"/>: the connection was
    /// refused, the name did not resolve, our own rate budget is used up, or WeCom said 45009.
    /// </summary>
    public sealed record RetryLater(TimeSpan After, string Reason) : ApiResult<T>;

    /// <summary>
    /// The call may or may not have taken effect (time-out, broken connection, 5xx, errcode -1). A creating call that ends
    /// so is settled by listing and matching; it is never made again by guess.
    /// </summary>
    public sealed record Unknown(string Reason) : ApiResult<T>;

    /// <summary>A short text for logs and the console, without message bodies.</summary>
    public string Describe() => this switch
    {
        Done => "done",
        Rejected rejected => $"rejected {rejected.Code}: {rejected.Message}",
        RetryLater later => $"retry later: {later.Reason}",
        Unknown unknown => $"unknown: {unknown.Reason}",
        _ => GetType().Name,
    };
}
