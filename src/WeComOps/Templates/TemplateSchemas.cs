using WeComOps.Templates.Language;

namespace WeComOps.Templates;

/// <summary>The names that a template may use, with their types: what its kind offers and what its front matter declares.</summary>
internal static class TemplateSchemas
{
    public static TemplateSchema Of(TemplateSource source)
    {
        var schema = TemplateSchema.Empty.With("link", TemplateType.Text).With("today", TemplateType.Date);
        if (TemplateModels.KnowsAdvisor(source.Kind))
        {
            schema = schema.With("advisor", Texts("name", "title", "branch"));
        }

        if (source.Audience is not null)
        {
            schema = schema.With("segment", Texts("name"));
        }

        if (source.Product is not null)
        {
            schema = schema.With("product", Texts("name", "risk_level"));
        }

        if (source.RiskText is not null)
        {
            schema = schema.With("risk_text", TemplateType.Text);
        }

        if (source.Variants.Count > 0)
        {
            schema = schema.With("variant", TemplateType.Text);
        }

        if (source.Market.Count > 0)
        {
            schema = schema.With("market", TemplateType.ObjectOf(source.Market.ToDictionary(fact => fact.Key, fact => Fact(fact.Value), StringComparer.Ordinal)));
        }

        foreach (var name in source.Wordings.Keys)
        {
            schema = schema.With(name, TemplateType.Text);
        }

        return source.Variables.Aggregate(schema, (known, variable) => known.With(variable.Key, TypeOf(variable.Value.Type)));
    }

    /// <summary>What to do about a name that would be known if something were declared; null for any other name.</summary>
    public static string? RemedyFor(string name) => name switch
    {
        "advisor" => "朋友圈一份文案由很多位客户经理发布，不能写某一位客户经理。去掉这一处，或改用其他类型的内容。",
        "customer" => "内容在审批时不知道会发给谁，也不能写具体客户；称呼客群用 segment.name，并在说明部分写 audience。",
        "segment" => "在说明部分写 audience: 客群名称。",
        "market" => "在说明部分写 market:，列出要引用的行情数据。",
        "product" => "在说明部分写 product: { name: 产品名称, riskLevel: R2 }。",
        "variant" => "在说明部分写 variants:，至少两个变体。",
        "risk_text" => "在说明部分写 riskText: 风险提示语。",
        _ => null,
    };

    private static TemplateType TypeOf(string type) => type switch
    {
        "number" => TemplateType.Number,
        "date" => TemplateType.Date,
        "boolean" => TemplateType.Boolean,
        "list" => TemplateType.ListOf(TemplateType.Text),
        _ => TemplateType.Text,
    };

    private static TemplateType Fact(DeclaredFact fact)
    {
        var members = new Dictionary<string, TemplateType>(StringComparer.Ordinal)
        {
            ["value"] = TypeOf(fact.Type),
            ["source"] = TemplateType.Text,
            ["at"] = TemplateType.Date,
        };
        if (fact.Unit is not null)
        {
            members["unit"] = TemplateType.Text;
        }

        return TemplateType.ObjectOf(members);
    }

    private static TemplateType Texts(params ReadOnlySpan<string> members)
    {
        var types = new Dictionary<string, TemplateType>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            types[member] = TemplateType.Text;
        }

        return TemplateType.ObjectOf(types);
    }
}
