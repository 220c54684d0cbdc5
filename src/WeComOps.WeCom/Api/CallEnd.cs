using System.Text.Json;

namespace WeComOps.WeCom.Api;

/// <summary>How one HTTP exchange ended, before anybody asks what it means for the caller.</summary>
internal abstract record CallEnd
{
    private CallEnd()
    {
    }

    /// <summary>WeCom answered with an errcode.</summary>
    public sealed record Answered(int Code, string Message, string Body) : CallEnd;

    /// <summary>Not sent: the budget is used up, WeCom blocks the path, or there is no token.</summary>
    public sealed record Held(TimeSpan After, string Reason) : CallEnd;

    /// <summary>The connection was never made.</summary>
    public sealed record NotSent(string Reason) : CallEnd;

    /// <summary>Sent, perhaps, and not answered in a usable way. <paramref name="Transient"/>: another try may help.</summary>
    public sealed record Lost(string Reason, bool Transient) : CallEnd;

    /// <summary>Only what the system itself may cure by waiting (doc 90313: "仅系统失败需要重试").</summary>
    public bool IsTransient => this is NotSent or Lost { Transient: true } or Answered { Code: ErrorCodes.Busy or ErrorCodes.TooManyAtOnce };

    public string Kind => this switch
    {
        Answered { Code: 0 } => "ok",
        Answered { Code: ErrorCodes.Busy } => "busy",
        Answered => "rejected",
        Held => "held",
        NotSent => "not_sent",
        _ => "lost",
    };

    /// <param name="creating">A concurrency refusal of a creating call is a refusal; of a read, something that retries did not cure.</param>
    /// <param name="read">Makes the value of a successful body; throws <see cref="JsonException"/> when the body is not as documented.</param>
    public ApiResult<T> To<T>(bool creating, Func<string, T> read)
    {
        switch (this)
        {
            case Answered { Code: 0 } answered:
                try
                {
                    return new ApiResult<T>.Done(read(answered.Body), answered.Body);
                }
                catch (JsonException)
                {
                    return new ApiResult<T>.Unknown("errcode 0, but the body is not as documented");
                }

            case Answered { Code: ErrorCodes.Busy }:
                return new ApiResult<T>.Unknown("errcode -1");
            case Answered { Code: ErrorCodes.TooManyAtOnce } when !creating:
                return new ApiResult<T>.Unknown("errcode 45033");
            case Answered answered:
                return new ApiResult<T>.Rejected(answered.Code, answered.Message);
            case Held held:
                return new ApiResult<T>.RetryLater(held.After, held.Reason);
            case NotSent notSent:
                return new ApiResult<T>.RetryLater(TimeSpan.FromSeconds(10), notSent.Reason);
            default:
                return new ApiResult<T>.Unknown(((Lost)this).Reason);
        }
    }
}
