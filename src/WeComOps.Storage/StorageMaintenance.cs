using WeComOps.Storage.Sql;

namespace WeComOps.Storage;

/// <summary>
/// Opens, backs up and closes the store. A host opens it at start by itself; commands without a host call
/// <see cref="OpenAsync"/> to write or <see cref="OpenReadOnlyAsync"/> to read beside a running host.
/// </summary>
public sealed class StorageMaintenance : IAsyncDisposable
{
    private readonly SqlEngine _engine;

    internal StorageMaintenance(SqlEngine engine) => _engine = engine;

    /// <summary>Takes the right to write, creates or migrates the database, starts the writer. Again: does nothing.</summary>
    /// <exception cref="StorageLockedException">Another process writes to it.</exception>
    /// <exception cref="StorageSchemaException">A newer version of the program wrote it.</exception>
    /// <exception cref="StorageRefusedException">The server refuses, or would not keep what it acknowledges.</exception>
    /// <exception cref="StorageUnreachableException">The server does not answer.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => _engine.OpenAsync(cancellationToken);

    /// <summary>No lock, no migration; writing is refused.</summary>
    /// <exception cref="StorageSchemaException">There is no database, or another version of the program wrote it.</exception>
    public Task OpenReadOnlyAsync(CancellationToken cancellationToken) => _engine.OpenReadOnlyAsync(cancellationToken);

    /// <summary>Completes when the store is open for writing; a host whose server is away at its start opens later.</summary>
    public Task OpenedAsync(CancellationToken cancellationToken) => _engine.Opened.WaitAsync(cancellationToken);

    /// <summary>What a person should know about how this database is run, with what to do; none is fine.</summary>
    public Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken) => _engine.FaultsAsync(cancellationToken);

    /// <summary>
    /// Writes a consistent, checked copy to a file that does not exist yet, while the store is in use. The file is complete
    /// once it has its name.
    /// </summary>
    /// <exception cref="IOException">The file exists or cannot be written.</exception>
    /// <exception cref="StorageRefusedException">The engine has its own tools for this; the message names them.</exception>
    public Task BackupAsync(string path, CancellationToken cancellationToken) => _engine.BackupAsync(path, cancellationToken);

    /// <summary>Where a file is not what the engine restores from.</summary>
    /// <exception cref="StorageRefusedException">The engine has its own tools for this; the message names them.</exception>
    public void RefuseRestore(string path) => _engine.RefuseRestore(path);

    /// <summary>Finishes what was accepted for writing, then gives the lock back.</summary>
    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
