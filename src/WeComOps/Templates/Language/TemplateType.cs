namespace WeComOps.Templates.Language;

/// <summary>The type of a declared variable. Immutable; a type may also stand for "absent", which JSON writes as null.</summary>
public sealed class TemplateType
{
    private TemplateType(TemplateTypeKind kind, TemplateType? element = null, IReadOnlyDictionary<string, TemplateType>? members = null)
    {
        Kind = kind;
        Element = element;
        Members = members;
    }

    /// <summary>A text.</summary>
    public static TemplateType Text { get; } = new(TemplateTypeKind.Text);

    /// <summary>A number: integer, binary floating point or decimal.</summary>
    public static TemplateType Number { get; } = new(TemplateTypeKind.Number);

    /// <summary>True or false.</summary>
    public static TemplateType Boolean { get; } = new(TemplateTypeKind.Boolean);

    /// <summary>A date with time, in Asia/Shanghai, without an offset.</summary>
    public static TemplateType Date { get; } = new(TemplateTypeKind.Date);

    /// <summary>Always null.</summary>
    public static TemplateType Nothing { get; } = new(TemplateTypeKind.Nothing);

    /// <summary>Not known before rendering; checked then.</summary>
    public static TemplateType Unknown { get; } = new(TemplateTypeKind.Unknown);

    /// <summary>What kind of type this is.</summary>
    public TemplateTypeKind Kind { get; }

    /// <summary>The type of the elements of a list; null for every other kind.</summary>
    public TemplateType? Element { get; }

    /// <summary>The members of an object by name; null for every other kind.</summary>
    public IReadOnlyDictionary<string, TemplateType>? Members { get; }

    /// <summary>A list whose elements all have one type.</summary>
    public static TemplateType ListOf(TemplateType element)
    {
        ArgumentNullException.ThrowIfNull(element);
        return new TemplateType(TemplateTypeKind.List, element);
    }

    /// <summary>An object with exactly these members. Member names are case-sensitive.</summary>
    public static TemplateType ObjectOf(IReadOnlyDictionary<string, TemplateType> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        return new TemplateType(TemplateTypeKind.Object, members: new Dictionary<string, TemplateType>(members, StringComparer.Ordinal));
    }

    /// <summary>The type of a value that has one type here and the other there.</summary>
    internal static TemplateType Join(TemplateType left, TemplateType right)
    {
        if (ReferenceEquals(left, right) || right.Kind == TemplateTypeKind.Nothing)
            return left;
        if (left.Kind == TemplateTypeKind.Nothing)
            return right;
        if (left.Kind != right.Kind)
            return Unknown;
        return left.Kind switch
        {
            TemplateTypeKind.List => ListOf(Join(left.Element!, right.Element!)),
            TemplateTypeKind.Object => JoinMembers(left.Members!, right.Members!),
            _ => left,
        };
    }

    private static TemplateType JoinMembers(IReadOnlyDictionary<string, TemplateType> left, IReadOnlyDictionary<string, TemplateType> right)
    {
        var members = new Dictionary<string, TemplateType>(left, StringComparer.Ordinal);
        foreach (var (name, type) in right)
            members[name] = members.TryGetValue(name, out var known) ? Join(known, type) : type;
        return new TemplateType(TemplateTypeKind.Object, members: members);
    }
}
