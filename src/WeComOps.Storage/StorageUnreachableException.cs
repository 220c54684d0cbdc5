namespace WeComOps.Storage;

/// <summary>The database server does not answer; it may do so later.</summary>
public sealed class StorageUnreachableException(string message, Exception? inner = null) : IOException(message, inner);
