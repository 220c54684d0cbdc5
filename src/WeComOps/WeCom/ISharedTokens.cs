namespace WeComOps.WeCom;

/// <summary>
/// What WeCom answered when it was last asked for an app's access token (doc 91039), for all nodes: a token is fetched once for
/// the corp and not once per process, and a refusal is not asked for again by every node in turn.
/// </summary>
/// <remarks>A store that is away throws <see cref="IOException"/>, <see cref="TimeoutException"/> or a <see cref="System.Data.Common.DbException"/>.</remarks>
public interface ISharedTokens
{
    /// <returns>Null when nobody has asked for this app yet.</returns>
    Task<SharedToken?> FindAsync(string app, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the right to ask WeCom, in one conditional update: only while the row is in the version that was seen and nobody
    /// has the right, or whoever had it had it until before now.
    /// </summary>
    /// <param name="seen">Version of the row that was found; 0 when there was none.</param>
    /// <param name="owner">Names one process for its life.</param>
    Task<bool> TakeTurnAsync(string app, long seen, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Gives the right back, with WeCom's answer if there was one.</summary>
    /// <returns>The new version; null when there was no answer or somebody else took the turn meanwhile: then nothing was stored.</returns>
    Task<long?> EndTurnAsync(string app, string owner, TokenAnswer? answer, CancellationToken cancellationToken);

    /// <summary>Ends what was answered in this version; a later one stays.</summary>
    Task DropAsync(string app, long version, CancellationToken cancellationToken);
}

/// <param name="Version">Grows with every answer.</param>
/// <param name="Answer">The last answer, whether it still holds or not.</param>
public sealed record SharedToken(long Version, TokenAnswer? Answer);

/// <param name="Code">WeCom's errcode; 0: a token.</param>
/// <param name="Body">The token, sealed by who fetched it (the store cannot read it), or WeCom's message.</param>
/// <param name="Until">When the token is due to be refreshed, or the refusal may be tried again.</param>
public sealed record TokenAnswer(int Code, string Body, DateTimeOffset Until);
