namespace WeComOps.Templates.Language;

/// <summary>The kinds of types that a template variable can be declared with.</summary>
public enum TemplateTypeKind
{
    /// <summary>Not known before rendering.</summary>
    Unknown,

    /// <summary>Always null.</summary>
    Nothing,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A date with time.</summary>
    Date,

    /// <summary>A list of one element type.</summary>
    List,

    /// <summary>An object with named members.</summary>
    Object,
}
