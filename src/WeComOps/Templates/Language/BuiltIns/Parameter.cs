namespace WeComOps.Templates.Language.BuiltIns;

/// <summary>A parameter of a built-in function. One that is left out is null.</summary>
internal sealed record Parameter(string Name, ParameterKind Kind, bool IsOptional = false, bool AllowsNull = false, bool AllowsCaptured = false)
{
    public string Expected => Kind switch
    {
        ParameterKind.Text => "文字",
        ParameterKind.Integer => "整数",
        ParameterKind.Number => "数字",
        ParameterKind.List => "列表",
        ParameterKind.Date => "日期",
        ParameterKind.Object => "对象",
        _ => "值",
    };

    /// <summary>Whether a value of this type can never be passed.</summary>
    public bool Refuses(TemplateTypeKind type, bool wholeValues) => type != TemplateTypeKind.Unknown && Kind switch
    {
        ParameterKind.Text => type is TemplateTypeKind.Object && !wholeValues,
        ParameterKind.Integer or ParameterKind.Number => type != TemplateTypeKind.Number,
        ParameterKind.List => type is not (TemplateTypeKind.List or TemplateTypeKind.Nothing),
        ParameterKind.Date => type != TemplateTypeKind.Date && !(AllowsNull && type == TemplateTypeKind.Nothing),
        ParameterKind.Object => type is not (TemplateTypeKind.Object or TemplateTypeKind.Nothing),
        _ => false,
    };
}

internal enum ParameterKind
{
    Any,

    /// <summary>Numbers, booleans and dates are turned into text; null stays null.</summary>
    Text,
    Integer,
    Number,
    List,
    Date,
    Object,
}
