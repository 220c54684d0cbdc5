using System.Text.Json.Nodes;
using WeComOps.Templates.Lint;

namespace WeComOps.Templates;

/// <summary>How a condition was answered.</summary>
public enum BranchAnswer
{
    Holds,
    Fails,

    /// <summary>What is compared is this value.</summary>
    Is,

    /// <summary>What is compared is none of the values that are named.</summary>
    IsOther,
}

/// <summary>What a branch supposes.</summary>
/// <param name="Asked">The condition as written, or what is compared.</param>
/// <param name="Value">With <see cref="BranchAnswer.Is"/> the value, as written.</param>
public sealed record BranchCondition(string Asked, BranchAnswer Answer, string? Value);

/// <summary>One way through the conditions of a template.</summary>
/// <param name="Conditions">Those that were asked on this way, in the order of the text.</param>
/// <param name="Text">Null: it cannot be rendered; the rules say why.</param>
public sealed record TemplateBranch(IReadOnlyList<BranchCondition> Conditions, string? Text);

/// <summary>The ways through the conditions of a template whose texts differ.</summary>
/// <param name="Own">Number, from 0, of the way that the chosen values take; null when it is not among them.</param>
/// <param name="IsAll">False: too many combinations, so each branch is there once instead of with each other.</param>
public sealed record TemplateBranches(IReadOnlyList<TemplateBranch> Branches, int? Own, bool IsAll)
{
    /// <summary>A template without conditions.</summary>
    public static TemplateBranches None { get; } = new([], null, IsAll: true);

    /// <param name="source">A template that compiles.</param>
    /// <param name="model">The values, with these in place of the chosen ones, and with this variant (null: the first).</param>
    public static TemplateBranches Of(TemplateSource source, Func<IReadOnlyDictionary<string, string>, string?, JsonObject> model) => new BranchReader(source, model).Read();
}
