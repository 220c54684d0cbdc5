using System.Text.RegularExpressions;

namespace WeComOps.Templates.Lint;

/// <summary>A rule about words, as the data file says it.</summary>
/// <param name="Words">Found wherever they stand in the normalised text.</param>
/// <param name="Unless">A text that says one of these is not asked about.</param>
internal sealed record TextRule(
    string Id, LintLevel Level, string Title, string Basis, string Why, string Remedy, IReadOnlyList<string> Words, IReadOnlyList<Regex> Patterns,
    IReadOnlyList<Regex> Except, IReadOnlyList<Regex> Unless, RuleScope Scope, bool Exemptible);

/// <summary>Words of which at least one must be there.</summary>
internal sealed record NoticeRule(
    string Id, LintLevel Level, LintLevel Otherwise, IReadOnlyCollection<TemplateKind> LevelKinds, string Title, string Basis, string Why, string Remedy,
    IReadOnlyList<string> AnyOf, RuleScope Scope, bool OnlyWithProduct)
{
    public bool Covers(TemplateSource source) => Scope.Covers(source) && (!OnlyWithProduct || source.Product is not null);
}

/// <summary>Which content a rule is about; empty collections: all.</summary>
internal sealed record RuleScope(IReadOnlyCollection<string> Products, IReadOnlyCollection<string> NotProducts, IReadOnlyCollection<TemplateKind> Kinds)
{
    /// <summary>A template that does not say what it is about is read by the stricter rules, and not by those for a certain product.</summary>
    public bool Covers(TemplateSource source) =>
        (Products.Count == 0 || Products.Contains(source.ProductType ?? string.Empty, StringComparer.Ordinal))
        && !NotProducts.Contains(source.ProductType ?? string.Empty, StringComparer.Ordinal)
        && (Kinds.Count == 0 || Kinds.Contains(source.Kind));
}

/// <summary>The rules of the data file, ready to be applied. Immutable.</summary>
internal sealed record LintRules(Folding Folding, IReadOnlyList<Regex> Allowed, IReadOnlyList<TextRule> Texts, IReadOnlyList<NoticeRule> Notices)
{
    private static readonly Lazy<LintRules> Shipped = new(LintRulesReader.ReadShipped);

    /// <summary>The rules that come with the product.</summary>
    public static LintRules Default => Shipped.Value;
}
