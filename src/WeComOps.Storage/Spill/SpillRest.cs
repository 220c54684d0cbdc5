namespace WeComOps.Storage.Spill;

/// <summary>What is kept of a segment whose sound messages are in the store; a person looks at it and removes it.</summary>
internal enum SpillRest
{
    /// <summary>Nothing: the file goes.</summary>
    None,

    /// <summary>An end that nobody can explain: kept as <c>.torn</c>.</summary>
    Torn,

    /// <summary>Something changed after it was written, or a message that the store refuses: kept as <c>.damaged</c>.</summary>
    Damaged,
}
