using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Runtime;

/// <summary>An expression ready to be evaluated: names are slots, functions are delegates.</summary>
internal abstract class Node(Location at)
{
    public Location At => at;

    public Value Evaluate(RenderContext context)
    {
        context.Step(at);
        return Run(context);
    }

    protected abstract Value Run(RenderContext context);

    protected RenderException Fail(Problem problem) => new(at, problem);
}

internal sealed class ConstantNode(Location at, Value value) : Node(at)
{
    public Value Value => value;

    protected override Value Run(RenderContext context) => value;
}

/// <summary>A variable that always has a value: data, or the variable of a loop.</summary>
internal sealed class SlotNode(Location at, int slot) : Node(at)
{
    protected override Value Run(RenderContext context) => context.Slot(slot);
}

/// <summary>A variable that a statement sets, which may not have run.</summary>
internal sealed class AssignedNode(Location at, int slot, string name) : Node(at)
{
    protected override Value Run(RenderContext context)
    {
        var value = context.Slot(slot);
        return value.Kind == ValueKind.Unset ? throw Fail(Problems.Unassigned(name)) : value;
    }
}

internal sealed class ListNode(Location at, Node[] items, bool isConstant) : Node(at)
{
    public bool IsConstant => isConstant;

    protected override Value Run(RenderContext context)
    {
        var values = new Value[items.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = items[i].Evaluate(context);
        return Value.From(new ListValue(values, isConstant));
    }
}

internal sealed class ObjectNode(Location at, string[] names, Node[] members) : Node(at)
{
    protected override Value Run(RenderContext context)
    {
        var values = new Value[members.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = members[i].Evaluate(context);
        return Value.From(new ObjectValue(names, values));
    }
}

internal sealed class ConditionalNode(Location at, Node condition, Node then, Node otherwise) : Node(at)
{
    protected override Value Run(RenderContext context) =>
        condition.Evaluate(context).IsTruthy ? then.Evaluate(context) : otherwise.Evaluate(context);
}

internal sealed class CoalesceNode(Location at, Node left, Node right) : Node(at)
{
    protected override Value Run(RenderContext context)
    {
        // Scriban evaluates both sides, so a fault on the right is a fault even where the left has a value.
        var value = left.Evaluate(context);
        var fallback = right.Evaluate(context);
        return value.IsNull ? fallback : value;
    }
}

internal sealed class NotNode(Location at, Node operand) : Node(at)
{
    protected override Value Run(RenderContext context) => Value.From(!operand.Evaluate(context).IsTruthy);
}

internal sealed class NegateNode(Location at, Node operand, bool negate) : Node(at)
{
    protected override Value Run(RenderContext context)
    {
        var value = operand.Evaluate(context);
        if (value.IsNull)
            throw Fail(Problems.NullArithmetic());
        if (!value.IsNumber)
            throw Fail(Problems.NotANumber());
        return negate ? Numbers.Negate(At, value) : value;
    }
}

/// <summary><c>&amp;&amp;</c> and <c>||</c>. As a value it is strict: Scriban gives a boolean there, never the operand, which nobody expects.</summary>
internal sealed class LogicNode(Location at, bool isOr, Node left, Node right, bool isCondition) : Node(at)
{
    protected override Value Run(RenderContext context)
    {
        var first = Truth(left.Evaluate(context));
        return first == isOr ? Value.From(first) : Value.From(Truth(right.Evaluate(context)));
    }

    private bool Truth(Value value) =>
        isCondition || value.Kind == ValueKind.Boolean ? value.IsTruthy : throw Fail(Problems.NotBoolean());
}

internal sealed class ComparisonNode(Location at, TokenKind operation, Node left, Node right) : Node(at)
{
    protected override Value Run(RenderContext context)
    {
        var first = left.Evaluate(context);
        var second = right.Evaluate(context);
        if (first.IsText && second.IsText)
            context.Read(At, first.Text.Length < second.Text.Length ? first.Text : second.Text);
        return Value.From(operation switch
        {
            TokenKind.Equal => Comparisons.AreEqual(At, first, second),
            TokenKind.NotEqual => !Comparisons.AreEqual(At, first, second),
            _ => Comparisons.IsOrdered(At, operation, first, second),
        });
    }
}
