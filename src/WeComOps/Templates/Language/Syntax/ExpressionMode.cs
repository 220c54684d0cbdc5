namespace WeComOps.Templates.Language.Syntax;

internal enum ExpressionMode
{
    /// <summary>Everything.</summary>
    Default,

    /// <summary>Inside of <c>? :</c>, where a colon ends the expression.</summary>
    Conditional,

    /// <summary>A value of a named argument or loop option: no operators and no calls.</summary>
    Basic,

    /// <summary>A value of <c>when</c>, where <c>||</c> separates values.</summary>
    When,
}
