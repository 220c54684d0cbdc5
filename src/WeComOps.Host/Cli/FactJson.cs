using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using WeComOps.Ledger;

namespace WeComOps.Host.Cli;

/// <summary>A fact as one line of JSON with camelCase names; absent values are left out.</summary>
internal static class FactJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream output, Fact fact)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteString("id", fact.Id);
            json.WriteString("day", fact.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("kind", fact.Kind.Name());
            json.WriteString("occurredAt", Time(fact.OccurredAt));
            Optional(json, "dueAt", fact.DueAt is { } due ? Time(due) : null);
            Optional(json, "advisor", fact.Advisor);
            Optional(json, "branch", fact.Branch);
            Optional(json, "customer", fact.Customer);
            Optional(json, "tier", fact.Tier);
            Optional(json, "group", fact.Group);
            Optional(json, "instruction", fact.Content?.Instruction);
            Optional(json, "templateVersion", fact.Content?.TemplateVersion);
            Optional(json, "variant", fact.Content?.Variant);
            Optional(json, "author", fact.Content?.Author);
            Optional(json, "team", fact.Content?.Team);
            Optional(json, "productLine", fact.Content?.ProductLine);
            Optional(json, "push", fact.Push);
            Optional(json, "product", fact.Product);
            Optional(json, "link", fact.Link);
            Optional(json, "click", fact.Click);
            Optional(json, "topic", fact.Topic);
            Optional(json, "class", fact.Class);
            json.WriteNumber("quantity", fact.Quantity);
            if (fact.Amount is { } amount)
            {
                json.WriteNumber("amount", amount);
            }

            Optional(json, "currency", fact.Currency);
            Optional(json, "cause", fact.Cause?.ToString());
            Optional(json, "corrects", fact.Corrects?.ToString());
            json.WriteString("source", fact.Source);
            json.WriteString("recordedAt", Time(fact.RecordedAt));
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
