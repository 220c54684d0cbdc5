using WeComOps.Templates.Language.Runtime;

namespace WeComOps.Templates.Language;

/// <summary>The variables that a template may use, with their types. Immutable; names are case-sensitive.</summary>
public sealed class TemplateSchema
{
    private readonly Dictionary<string, TemplateType> _variables;

    private TemplateSchema(Dictionary<string, TemplateType> variables) => _variables = variables;

    /// <summary>No variables.</summary>
    public static TemplateSchema Empty { get; } = new([]);

    /// <summary>The declared variables by name.</summary>
    public IReadOnlyDictionary<string, TemplateType> Variables => _variables;

    /// <summary>The same schema with one more variable, or with another type for it.</summary>
    public TemplateSchema With(string name, TemplateType type)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(type);
        return new TemplateSchema(new Dictionary<string, TemplateType>(_variables, StringComparer.Ordinal) { [name] = type });
    }

    /// <summary>
    /// The schema that the data shows: a member that only some elements of a list have is a member of all of them.
    /// </summary>
    public static TemplateSchema Of(TemplateModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var variables = new Dictionary<string, TemplateType>(StringComparer.Ordinal);
        foreach (var (name, value) in model.Values)
            variables[name] = TypeOf(value);
        return new TemplateSchema(variables);
    }

    private static TemplateType TypeOf(Value value) => value.Kind switch
    {
        ValueKind.Boolean => TemplateType.Boolean,
        ValueKind.Integer or ValueKind.Double or ValueKind.Decimal => TemplateType.Number,
        ValueKind.Text or ValueKind.Captured => TemplateType.Text,
        ValueKind.Date => TemplateType.Date,
        ValueKind.List => TypeOf(value.List),
        ValueKind.Object => TypeOf(value.Object),
        _ => TemplateType.Nothing,
    };

    private static TemplateType TypeOf(ListValue list)
    {
        // An empty list says nothing about its elements.
        if (list.Count == 0)
            return TemplateType.ListOf(TemplateType.Unknown);
        var element = TypeOf(list[0]);
        for (var i = 1; i < list.Count; i++)
            element = TemplateType.Join(element, TypeOf(list[i]));
        return TemplateType.ListOf(element);
    }

    private static TemplateType TypeOf(ObjectValue item)
    {
        var members = new Dictionary<string, TemplateType>(StringComparer.Ordinal);
        for (var i = 0; i < item.Count; i++)
            members[item.NameAt(i)] = TypeOf(item.ValueAt(i));
        return TemplateType.ObjectOf(members);
    }
}
