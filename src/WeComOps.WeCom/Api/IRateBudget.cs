namespace WeComOps.WeCom.Api;

/// <summary>Calls per minute and API path, by default half of what WeCom documents, and the blocks that WeCom imposes with 45009.</summary>
internal interface IRateBudget
{
    /// <returns>Null when the call may be made now (and is counted), else why and how long to wait.</returns>
    ValueTask<CallEnd.Held?> TakeAsync(string path, CancellationToken cancellationToken);

    /// <summary>WeCom said 45009: nothing more on this path for a minute; when that was not enough, for an hour.</summary>
    ValueTask<CallEnd.Held> BlockAsync(string path, CancellationToken cancellationToken);

    /// <summary>WeCom answered otherwise: the block is over.</summary>
    ValueTask UnblockAsync(string path, CancellationToken cancellationToken);
}
