namespace WeComOps.Storage;

/// <summary>The database is absent or was written by another version of the program; the message says what to do.</summary>
public sealed class StorageSchemaException(string message) : InvalidOperationException(message);
