namespace WeComOps.Storage;

/// <summary>The database server is there but refuses, or cannot do what was asked; the message says what to do.</summary>
public sealed class StorageRefusedException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
