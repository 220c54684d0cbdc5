using System.Text.Json;
using WeComOps.Templates.Language.Runtime;

namespace WeComOps.Templates.Language;

/// <summary>
/// The data of one rendering: plain values only, copied when the model is built. A template cannot change it and cannot reach beyond it.
/// </summary>
public sealed class TemplateModel
{
    private readonly Dictionary<string, Value> _values;

    private TemplateModel(Dictionary<string, Value> values) => _values = values;

    /// <summary>No data.</summary>
    public static TemplateModel Empty { get; } = new([]);

    internal Dictionary<string, Value> Values => _values;

    /// <summary>
    /// Reads an object: <c>{"$date": "2026-11-09T08:05:03"}</c> marks a date (Asia/Shanghai, no offset) and <c>{"$decimal": "1234.50"}</c> a decimal.
    /// </summary>
    /// <param name="json">A JSON object.</param>
    /// <param name="unifyNumbers">Give all numbers of a list, or of one member along a list of objects, one kind, so that they can be sorted.</param>
    /// <exception cref="FormatException">The element is not an object, or a mark is not readable.</exception>
    public static TemplateModel FromJson(JsonElement json, bool unifyNumbers = true)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new FormatException("The data of a template must be a JSON object.");
        var values = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
            values[member.Name] = ModelReader.Read(member.Value, unifyNumbers);
        return new TemplateModel(values);
    }

    /// <summary>The same data with a text, or with null where there is none.</summary>
    public TemplateModel With(string name, string? value) => Add(name, Value.From(value));

    /// <summary>The same data with an integer.</summary>
    public TemplateModel With(string name, long value) => Add(name, Value.From(value));

    /// <summary>The same data with a binary floating point number, which must be finite.</summary>
    public TemplateModel With(string name, double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "Not a finite number.");
        return Add(name, Value.From(value));
    }

    /// <summary>The same data with a decimal.</summary>
    public TemplateModel With(string name, decimal value) => Add(name, Value.From(value));

    /// <summary>The same data with a boolean.</summary>
    public TemplateModel With(string name, bool value) => Add(name, Value.From(value));

    /// <summary>The same data with a date, taken as it stands, as Asia/Shanghai.</summary>
    public TemplateModel With(string name, DateTime value) => Add(name, Value.From(value));

    /// <summary>The same data with a list of texts.</summary>
    public TemplateModel With(string name, IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Add(name, Value.From(new ListValue([.. values.Select(Value.From)])));
    }

    /// <summary>The same data with an object.</summary>
    public TemplateModel With(string name, TemplateModel value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add(name, value.AsObject());
    }

    /// <summary>The same data with a list of objects.</summary>
    public TemplateModel With(string name, IEnumerable<TemplateModel> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Add(name, Value.From(new ListValue(ModelReader.Unify([.. values.Select(item => item.AsObject())]))));
    }

    private TemplateModel Add(string name, Value value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new TemplateModel(new Dictionary<string, Value>(_values, StringComparer.Ordinal) { [name] = value });
    }

    private Value AsObject() => Value.From(new ObjectValue([.. _values.Keys], [.. _values.Values]));
}
