namespace WeComOps.Storage.Spill;

/// <summary>How callbacks get into the store now; for the health check.</summary>
public sealed class SpillState
{
    private readonly SpillFolder _folder;
    private readonly SpillOptions _options;

    internal SpillState(SpillFolder folder, SpillOptions options) => (_folder, _options) = (folder, options);

    /// <summary>Callbacks can be kept while the store does not answer.</summary>
    public bool CanSpill => _folder.IsOpen && _folder.Bytes < _options.LimitBytes;

    /// <summary>Bytes that wait in the spill folder; 0: everything is in the store.</summary>
    public long WaitingBytes => _folder.Bytes;

    /// <summary>Damaged segments that a person should look at.</summary>
    public int DamagedSegments => _folder.Damaged;
}
