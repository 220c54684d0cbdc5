namespace WeComOps.Storage;

/// <summary>Another process has the right to write to this database; the message says what to do.</summary>
public sealed class StorageLockedException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
