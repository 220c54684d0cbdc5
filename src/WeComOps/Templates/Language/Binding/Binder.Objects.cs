using WeComOps.Templates.Language.BuiltIns;
using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Binding;

internal sealed partial class Binder
{
    private const int MostMembers = 100;

    /// <summary>
    /// Names of the objects being read, each with the number of objects that have it: in Scriban a value may mean a member before it by its
    /// name alone, which we refuse.
    /// </summary>
    private readonly Dictionary<string, int> _members = new(StringComparer.Ordinal);

    private Bound BindObject(ObjectExpression expression)
    {
        var types = new Dictionary<string, TemplateType>(StringComparer.Ordinal);
        var values = new List<Node>();
        foreach (var member in expression.Members)
        {
            var value = BindExpression(member.Value);
            if (types.Count == MostMembers || Functions.Reserved.Contains(member.Name!) || !types.TryAdd(member.Name!, value.Type))
                Report(member.Offset, Problems.MemberName());
            else
                _members[member.Name!] = _members.GetValueOrDefault(member.Name!) + 1;
            values.Add(value.Node);
        }

        foreach (var name in types.Keys)
        {
            if (--_members[name] == 0)
                _members.Remove(name);
        }

        return new Bound(new ObjectNode(At(expression.Offset), [.. types.Keys], [.. values]), TemplateType.ObjectOf(types), IsData: true);
    }

    private Bound BindEmpty(EmptyExpression empty)
    {
        var target = BindExpression(empty.Target);
        return target.Type.Kind == TemplateTypeKind.Date
            ? Refused(empty.Offset, Problems.UnknownMember("empty?", []))
            : new Bound(new EmptyNode(At(empty.Offset), target.Node), TemplateType.Boolean);
    }

    /// <summary>What a loop visits: the elements of a list, or the members of an object as <c>key</c> and <c>value</c>.</summary>
    private static TemplateType ElementOf(TemplateType type)
    {
        if (type.Kind != TemplateTypeKind.Object)
            return type.Element ?? TemplateType.Unknown;
        var value = type.Members!.Values.Aggregate((TemplateType?)null, (left, right) => left is null ? right : TemplateType.Join(left, right));
        return TemplateType.ObjectOf(new Dictionary<string, TemplateType>(StringComparer.Ordinal)
        {
            ["key"] = TemplateType.Text,
            ["value"] = value ?? TemplateType.Unknown,
        });
    }
}
