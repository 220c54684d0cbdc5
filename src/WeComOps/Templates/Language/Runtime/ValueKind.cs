namespace WeComOps.Templates.Language.Runtime;

internal enum ValueKind : byte
{
    /// <summary>A variable that no statement has set yet.</summary>
    Unset,
    Null,
    Boolean,

    /// <summary>Any integer of 64 bits.</summary>
    Integer,
    Double,
    Decimal,
    Text,

    /// <summary>The result of <c>capture</c>: a text that Scriban does not treat as one everywhere.</summary>
    Captured,
    Date,
    List,
    Object,
}
