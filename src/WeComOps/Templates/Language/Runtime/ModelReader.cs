using System.Globalization;
using System.Text.Json;

namespace WeComOps.Templates.Language.Runtime;

/// <summary>Turns JSON into values.</summary>
internal static class ModelReader
{
    private static readonly string[] DateFormats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    public static Value Read(JsonElement json, bool unify) => json.ValueKind switch
    {
        JsonValueKind.String => Value.From(json.GetString()),
        JsonValueKind.Number => ReadNumber(json),
        JsonValueKind.True => Value.True,
        JsonValueKind.False => Value.False,
        JsonValueKind.Array => ReadList(json, unify),
        JsonValueKind.Object => ReadObject(json, unify),
        _ => Value.Null,
    };

    /// <summary>Gives the numbers of a list one kind, directly or member by member.</summary>
    public static Value[] Unify(Value[] items)
    {
        if (CommonKind(items) is { } kind)
            return Array.ConvertAll(items, item => Convert(item, kind));
        if (items.Length == 0 || !Array.TrueForAll(items, item => item.Kind == ValueKind.Object))
            return items;
        var columns = new Dictionary<string, ValueKind>(StringComparer.Ordinal);
        foreach (var name in items.SelectMany(Names).Distinct(StringComparer.Ordinal).ToArray())
        {
            var column = items.Select(item => item.Object.TryGet(name, out var value) ? value : Value.Null).ToArray();
            if (CommonKind(column) is { } common)
                columns[name] = common;
        }

        return columns.Count == 0 ? items : Array.ConvertAll(items, item => Convert(item.Object, columns));
    }

    private static IEnumerable<string> Names(Value item) => Enumerable.Range(0, item.Object.Count).Select(item.Object.NameAt);

    /// <summary>The kind that all numbers take, or null if they have one already or something else is among them.</summary>
    private static ValueKind? CommonKind(Value[] items)
    {
        var kinds = items.Select(item => item.Kind).Where(kind => kind != ValueKind.Null).Distinct().ToArray();
        if (kinds.Length < 2 || !Array.TrueForAll(kinds, kind => kind is ValueKind.Integer or ValueKind.Double or ValueKind.Decimal))
            return null;
        return kinds.Contains(ValueKind.Decimal) ? ValueKind.Decimal : ValueKind.Double;
    }

    private static Value Convert(ObjectValue item, Dictionary<string, ValueKind> columns)
    {
        var names = new string[item.Count];
        var values = new Value[item.Count];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = item.NameAt(i);
            values[i] = columns.TryGetValue(names[i], out var kind) ? Convert(item.ValueAt(i), kind) : item.ValueAt(i);
        }

        return Value.From(new ObjectValue(names, values));
    }

    private static Value Convert(Value item, ValueKind kind)
    {
        if (item.Kind == kind || !item.IsNumber)
            return item;
        return kind == ValueKind.Double ? Value.From((double)item.Integer) : Value.From(Numbers.ToDecimal(item));
    }

    private static Value ReadNumber(JsonElement json)
    {
        if (json.TryGetInt64(out var integer))
            return Value.From(integer);
        return json.TryGetDouble(out var number) && double.IsFinite(number)
            ? Value.From(number)
            : throw new FormatException("A number of the data is out of range.");
    }

    private static Value ReadList(JsonElement json, bool unify)
    {
        var items = new Value[json.GetArrayLength()];
        var i = 0;
        foreach (var item in json.EnumerateArray())
            items[i++] = Read(item, unify);
        return Value.From(new ListValue(unify ? Unify(items) : items));
    }

    private static Value ReadObject(JsonElement json, bool unify)
    {
        var members = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            if (member.NameEquals("$date"))
                return ReadDate(member.Value.GetString());
            if (member.NameEquals("$decimal"))
                return ReadDecimal(member.Value.GetString());
            members[member.Name] = Read(member.Value, unify);
        }

        return Value.From(new ObjectValue([.. members.Keys], [.. members.Values]));
    }

    private static Value ReadDate(string? text) =>
        DateTime.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? Value.From(date)
            : throw new FormatException("A $date must be like 2026-11-09 or 2026-11-09T08:05:03, without an offset.");

    private static Value ReadDecimal(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? Value.From(number)
            : throw new FormatException("A $decimal must be like 1234.50.");
}
