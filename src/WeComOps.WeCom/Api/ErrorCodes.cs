namespace WeComOps.WeCom.Api;

/// <summary>The errcodes that change what the client does (doc 90313). All others go to the caller as they are.</summary>
internal static class ErrorCodes
{
    public const int Busy = -1;
    public const int InvalidToken = 40014;
    public const int ExpiredToken = 42001;
    public const int TooOften = 45009;
    public const int TooManyAtOnce = 45033;

    /// <summary>不合法的参数: also what the client answers itself when a documented limit is exceeded.</summary>
    public const int BadParameter = 40058;

    /// <summary>群发任务已取消.</summary>
    public const int AlreadyCancelled = 41093;

    /// <summary>No customer of the given member.</summary>
    public const int NoCustomer = 84061;
}
