using System.Globalization;
using System.Text.Json.Nodes;

namespace WeComOps.Templates;

/// <summary>What a kind of content may refer to besides its declared variables.</summary>
public static class TemplateModels
{
    /// <summary>Moments share one text among many advisors: they know no advisor. Everything else is written for one.</summary>
    public static bool KnowsAdvisor(TemplateKind kind) => kind != TemplateKind.Moment;

    /// <param name="variables">Values of the declared variables, by name; the sample where there is none.</param>
    /// <param name="wording">Chosen phrases, by name.</param>
    /// <param name="link">Tracked link or join page; absent when the content carries none.</param>
    /// <param name="market">Figures of the day; the samples where there is none.</param>
    /// <param name="variant">The variant under test; the first where there is none.</param>
    public static JsonObject Build(
        TemplateSource source, IReadOnlyDictionary<string, string> variables, IReadOnlyDictionary<string, string> wording,
        (string Name, string Title, string Branch)? advisor, string? link, DateOnly day, IReadOnlyDictionary<string, MarketFact>? market = null, string? variant = null)
    {
        var model = new JsonObject { ["link"] = link ?? string.Empty, ["today"] = Date(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) };
        if (advisor is { } person && KnowsAdvisor(source.Kind))
        {
            model["advisor"] = new JsonObject { ["name"] = person.Name, ["title"] = person.Title, ["branch"] = person.Branch };
        }

        AddDeclared(model, source, market, variant);
        foreach (var (name, phrase) in wording)
        {
            model[name] = phrase;
        }

        foreach (var (name, declared) in source.Variables)
        {
            model[name] = ValueOf(declared.Type, variables.TryGetValue(name, out var given) ? given : declared.Sample);
        }

        return model;
    }

    /// <summary>Null when every given value fits its declared type; else what to correct, for the screen.</summary>
    public static string? Refuse(TemplateSource source, IReadOnlyDictionary<string, string> variables)
    {
        var wrong = source.Variables.Where(declared => variables.TryGetValue(declared.Key, out var text) && !Fits(declared.Value.Type, text)).Select(declared => declared.Key).ToArray();
        if (wrong.Length > 0)
        {
            return $"变量的值不对：{string.Join("、", wrong)}。数字写成 3.25，日期写成 2026-11-09，不能是空的。";
        }

        var tooLong = source.Variables.Where(declared => declared.Value.IsFree && variables.TryGetValue(declared.Key, out var text) && text.Length > declared.Value.Max)
            .Select(declared => $"{declared.Key} 最多 {declared.Value.Max} 字").ToArray();
        return tooLong.Length == 0 ? null : $"填写的内容太长：{string.Join("、", tooLong)}。填写的内容没有人审核，长的话请写进模板。";
    }

    internal static bool Fits(string type, string? text) => !string.IsNullOrWhiteSpace(text) && type switch
    {
        "number" => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
        "date" => IsDate(text, out _),
        "boolean" => text is "true" or "false" or "是" or "否",
        _ => true,
    };

    internal static bool IsDate(string? text, out DateTime date) =>
        DateTime.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static void AddDeclared(JsonObject model, TemplateSource source, IReadOnlyDictionary<string, MarketFact>? market, string? variant)
    {
        if (source.Audience is { } segment)
        {
            model["segment"] = new JsonObject { ["name"] = segment };
        }

        if (source.Product is { } product)
        {
            model["product"] = new JsonObject { ["name"] = product.Name, ["risk_level"] = product.RiskLevel ?? string.Empty };
        }

        if (source.RiskText is { } risk)
        {
            model["risk_text"] = risk;
        }

        if (source.Variants.Count > 0)
        {
            model["variant"] = variant ?? source.Variants[0].Key;
        }

        if (source.Market.Count > 0)
        {
            model["market"] = new JsonObject(source.Market.Select(declared => KeyValuePair.Create(declared.Key, (JsonNode?)FactOf(declared.Value, market?.GetValueOrDefault(declared.Key)))));
        }
    }

    private static JsonObject FactOf(DeclaredFact declared, MarketFact? fact)
    {
        var model = new JsonObject
        {
            ["value"] = ValueOf(declared.Type, fact?.Value ?? declared.Sample),
            ["source"] = fact?.Source ?? declared.Source,
            ["at"] = Date((fact is null ? declared.At : Primitives.ShanghaiTime.ToLocal(fact.At).DateTime).ToString("s", CultureInfo.InvariantCulture)),
        };
        if (declared.Unit is { } unit)
        {
            model["unit"] = fact?.Unit ?? unit;
        }

        return model;
    }

    private static JsonNode ValueOf(string type, string text) => type switch
    {
        "number" => new JsonObject { ["$decimal"] = text },
        "date" => Date(text),
        "boolean" => JsonValue.Create(text is "true" or "是"),
        "list" => new JsonArray([.. text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(item => (JsonNode)JsonValue.Create(item))]),
        _ => JsonValue.Create(text),
    };

    private static JsonObject Date(string text) => new() { ["$date"] = text };
}
