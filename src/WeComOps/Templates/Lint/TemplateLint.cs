namespace WeComOps.Templates.Lint;

/// <summary>
/// Checks a template before a person does: the language, values missing in any branch, WeCom's limits, links, personal data, the
/// words of <c>compliance.zh.yaml</c>, and whether colleagues would post the same sentence. It says what it found and did not find.
/// </summary>
public sealed class TemplateLint(ITemplateEngine engine, LintSettings settings)
{
    private const int SoonDays = 14;

    private static readonly TemplateSource TypedAnswer = new(
        TemplateKind.Answer, string.Empty, null, null, new Dictionary<string, DeclaredVariable>(StringComparer.Ordinal),
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), string.Empty, 1);

    /// <param name="pictures">What the store has of the pictures that the text names; null: not looked up, which the report then says.</param>
    /// <param name="advisors">How many would post it; null: as the settings say.</param>
    /// <param name="approvedSnippets">Texts of snippets that a reviewer has read; null: not looked up, and nothing is said about new ones.</param>
    public LintReport Check(string text, DateOnly today, IReadOnlyList<NamedPicture>? pictures = null, int? advisors = null, IReadOnlySet<string>? approvedSnippets = null)
    {
        var (source, faults) = TemplateSource.Read(text);
        if (source is null)
        {
            return Refused("front-matter", faults);
        }

        var (program, errors) = engine.Compile(source);
        if (program is null)
        {
            return Refused("language", errors);
        }

        var findings = new List<LintFinding>();
        if (PrivateUse(source) is { } hidden)
        {
            findings.Add(hidden);
            return new LintReport(findings, [], 0, source.DistinctWordings, null);
        }

        var reader = new LintReader(source, program, LintRules.Default, settings, today);
        reader.Read();
        findings.AddRange(reader.Findings);
        findings.AddRange(SourceChecks.Of(source, program, today, SoonDays));
        findings.AddRange(SourceChecks.NewSnippets(source, approvedSnippets));
        findings.AddRange(CardChecks.Of(source));
        findings.AddRange(FreeTextCheck.Of(source, program, today));
        findings.AddRange(PictureChecks.Of(source, pictures));
        findings.AddRange(SourceChecks.Exemptions(source, reader.Exempted));
        var (wordings, likeness, alike) = WordingChecks.Of(source, program, advisors is { } many ? settings with { Advisors = many } : settings, today);
        findings.AddRange(alike);
        return new LintReport(
            [.. findings.OrderByDescending(finding => finding.Level).ThenBy(finding => finding.Line).ThenBy(finding => finding.Column).ThenBy(finding => finding.Rule, StringComparer.Ordinal)],
            [.. reader.Exempted.OrderBy(exempted => exempted.Line).ThenBy(exempted => exempted.Column)], reader.Texts, wordings, likeness);
    }

    /// <summary>
    /// The findings that forbid sending a finished text of an approved template: what was filled in may say what the template did not.
    /// </summary>
    public IReadOnlyList<LintFinding> CheckText(string text, TemplateSource source, string link) =>
        [.. ReadText(text, source, link).Where(finding => finding.Level == LintLevel.Block)];

    /// <summary>Whether that many advisors would post one sentence.</summary>
    public IReadOnlyList<LintFinding> CheckWordings(TemplateSource source, int advisors, DateOnly today) =>
        engine.Compile(source).Program is { } program ? WordingChecks.Of(source, program, settings with { Advisors = advisors }, today).Findings : [];

    /// <summary>What the rules find in an answer to a customer that somebody typed: first what forbids sending it. No reviewer stands behind it.</summary>
    /// <param name="productType">What the question is about, as front matter calls it; null: nobody knows, and the stricter rules count.</param>
    public IReadOnlyList<LintFinding> CheckAnswer(string text, string? productType) =>
        [.. ReadText(text, TypedAnswer with { ProductType = productType }, string.Empty).Distinct().OrderByDescending(finding => finding.Level).ThenBy(finding => finding.Column)];

    /// <summary>Everything that the rules find in a finished text of an approved template, whatever its level.</summary>
    /// <param name="link">The tracked link that stands in it; empty: none.</param>
    public IEnumerable<LintFinding> ReadText(string text, TemplateSource source, string link)
    {
        var own = text.Replace(link.Length == 0 ? "\0" : link, LintReader.SampleLink, StringComparison.Ordinal);
        var words = TextScan.Scan(own, source, LintRules.Default)
            .Where(hit => hit.Reason is null && !(hit.Rule.Exemptible && source.Exemptions.Any(exemption => exemption.Rule == hit.Rule.Id && LintReader.Covers(exemption.Text, own, hit))))
            .Select(hit => new LintFinding(hit.Rule.Id, hit.Rule.Level, 1, hit.Start + 1, hit.Found, $"{hit.Rule.Title}：{hit.Rule.Why}", hit.Rule.Basis, hit.Rule.Remedy));
        return words.Concat(TextChecks.Of(own, source, settings)
            .Select(check => new LintFinding(check.Rule, check.Level, 1, check.At + 1, check.Found, check.Message, TextChecks.BasisOf(check.Rule), check.Remedy)));
    }

    private static LintReport Refused(string rule, IReadOnlyList<TemplateFault> faults) => new(
        [.. faults.Select(fault => new LintFinding(rule, LintLevel.Block, fault.Line, fault.Column, string.Empty, fault.Message, string.Empty, fault.Remedy))], [], 0, 0, null);

    /// <summary>The private-use area has no meaning between banks, and we mark places with it.</summary>
    private static LintFinding? PrivateUse(TemplateSource source)
    {
        var values = source.Wordings.Values.SelectMany(phrases => phrases)
            .Concat(source.Variables.Values.Select(variable => variable.Sample)).Concat(source.Market.Values.SelectMany(fact => (string[])[fact.Sample, fact.Source, fact.Unit ?? string.Empty]))
            .Append(source.RiskText ?? string.Empty).Append(source.Audience ?? string.Empty).Append(source.Product?.Name ?? string.Empty)
            .Append(source.Card?.Title ?? string.Empty).Append(source.Card?.Description ?? string.Empty);
        var at = source.Body.AsSpan().IndexOfAnyInRange('\ue000', '\uf8ff');
        var snippet = source.Snippets.FirstOrDefault(snippet => snippet.Value.AsSpan().ContainsAnyInRange('\ue000', '\uf8ff'));
        if (at < 0 && snippet.Key is null && !values.Any(value => value.AsSpan().ContainsAnyInRange('\ue000', '\uf8ff')))
        {
            return null;
        }

        var (line, column) = at >= 0 ? (source.BodyLine + source.Body.AsSpan(0, at).Count('\n'), at - source.Body.LastIndexOf('\n', at))
            : snippet.Key is { } name ? source.PlaceInSnippet(name, snippet.Value.AsSpan().IndexOfAnyInRange('\ue000', '\uf8ff'))
            : (1, 1);
        return new LintFinding("hidden-characters", LintLevel.Block, line, column, string.Empty, "有客户手机上显示不出来的字符（私用区）。", string.Empty, "换成普通文字或表情。");
    }
}
