namespace WeComOps.Sandbox;

/// <summary>
/// What goes wrong on purpose. The lists hold API paths below <c>/cgi-bin/</c>, such as <c>externalcontact/add_moment_task</c>;
/// <c>*</c> stands for every API. Rates are between 0 and 1 and drawn from the seed.
/// </summary>
public sealed record SandboxFaults
{
    /// <summary>The call is carried out, then the connection is closed without an answer.</summary>
    public IReadOnlyList<string> DropReply { get; init; } = [];

    /// <summary>The call is answered with HTTP 502 and not carried out.</summary>
    public IReadOnlyList<string> ServerError { get; init; } = [];

    /// <summary>The call is answered with errcode 45009 and not carried out.</summary>
    public IReadOnlyList<string> RateLimited { get; init; } = [];

    /// <summary>The call is answered with errcode -1 and not carried out.</summary>
    public IReadOnlyList<string> Busy { get; init; } = [];

    /// <summary>Calls that these faults hit before they stop; null for no end. Counted over all four lists together.</summary>
    public int? Times { get; init; }

    /// <summary>Real milliseconds that every answer waits.</summary>
    public int SlowMilliseconds { get; init; }

    /// <summary>Share of callbacks that are never sent.</summary>
    public double LoseCallbacks { get; init; }

    /// <summary>Share of callbacks that are sent twice.</summary>
    public double DuplicateCallbacks { get; init; }

    /// <summary>Whether a callback answered with another status than 200 is retried, as the older WeCom text says (doc 90930).</summary>
    public bool RetryCallbackOnStatus { get; init; }

    /// <summary>Invalidates the access token now; only read by POST /sandbox/faults.</summary>
    public bool ExpireToken { get; init; }
}
