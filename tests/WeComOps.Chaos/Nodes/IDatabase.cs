using System.Data.Common;

namespace WeComOps.Chaos.Nodes;

/// <summary>The store that the nodes share, as the rig sees it.</summary>
internal interface IDatabase : IAsyncDisposable
{
    /// <summary>Value of Storage:Provider.</summary>
    string Provider { get; }

    string ConnectionString { get; }

    /// <summary>A connection of the rig's own, beside the nodes.</summary>
    Task<DbConnection> ConnectAsync();

    /// <summary>From now on it takes nothing: a server is stopped at once, without a shutdown of its own.</summary>
    Task StopAsync();

    /// <summary>It works again; does nothing when it does already.</summary>
    Task StartAsync();
}
