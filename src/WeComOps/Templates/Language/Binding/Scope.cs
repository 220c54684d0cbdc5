using WeComOps.Templates.Language.Runtime;

namespace WeComOps.Templates.Language.Binding;

/// <summary>A variable of the template: declared data, or a name that a statement sets.</summary>
internal sealed class Variable(string name, int slot, TemplateType type, bool isDeclared)
{
    public string Name => name;

    public int Slot => slot;

    /// <summary>What the front matter says; <see cref="Type"/> widens with every assignment.</summary>
    public TemplateType DeclaredType { get; } = type;

    public TemplateType Type { get; set; } = type;

    public bool IsDeclared => isDeclared;

    public bool IsAssigned { get; set; }
}

/// <summary>A loop around the place that is being read.</summary>
internal sealed record Loop(string Variable, TemplateType Type, LoopSlots Slots);

/// <summary>An include around the place that is being read; <paramref name="Arguments"/> are the slots of <c>$1</c> and on.</summary>
internal sealed record Inclusion(string Name, int[] Arguments, int LoopsOutside);

/// <summary>All names by what they mean at the place that is being read, and the slots that they take.</summary>
internal sealed class Scope(TemplateSchema schema)
{
    private readonly Dictionary<string, Variable> _variables = new(StringComparer.Ordinal);
    private readonly List<Variable> _declared = [];

    public List<Loop> Loops { get; } = [];

    public Stack<Inclusion> Inclusions { get; } = new();

    public int Slots { get; private set; }

    /// <summary>The declared variables that the template uses, in the order of first use.</summary>
    public IReadOnlyList<Variable> Declared => _declared;

    public IEnumerable<string> KnownNames => schema.Variables.Keys.Concat(_variables.Keys).Concat(Loops.Select(loop => loop.Variable));

    public int NewSlot() => Slots++;

    public bool IsDeclared(string name) => schema.Variables.ContainsKey(name);

    public Loop? FindLoop(string variable) => Loops.FindLast(loop => loop.Variable == variable);

    public Variable? Find(string name)
    {
        if (_variables.TryGetValue(name, out var variable))
            return variable;
        if (!schema.Variables.TryGetValue(name, out var type))
            return null;
        variable = new Variable(name, NewSlot(), type, isDeclared: true);
        _declared.Add(variable);
        _variables.Add(name, variable);
        return variable;
    }

    public Variable Assign(string name, TemplateType type)
    {
        var variable = Find(name);
        if (variable is null)
        {
            variable = new Variable(name, NewSlot(), type, isDeclared: false);
            _variables.Add(name, variable);
        }

        variable.Type = TemplateType.Join(variable.Type, type);
        variable.IsAssigned = true;
        return variable;
    }
}
