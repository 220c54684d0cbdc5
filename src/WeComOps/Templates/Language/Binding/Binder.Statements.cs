using WeComOps.Templates.Language.BuiltIns;
using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Binding;

internal sealed partial class Binder
{
    private Instruction BindStatement(Statement statement)
    {
        _steps++;
        if (IsPlain && statement is not (RawStatement or PrintStatement))
        {
            Report(statement.Offset, Problems.SnippetLogic());
            return new RawInstruction(At(statement.Offset), string.Empty);
        }

        return statement switch
        {
            RawStatement raw => new RawInstruction(At(raw.Offset), raw.Text),
            PrintStatement print => BindPrint(print),
            AssignStatement assign => BindAssign(assign),
            IfStatement branching => BindIf(branching),
            CaseStatement choice => BindCase(choice),
            ForStatement loop => BindFor(loop),
            CaptureStatement capture => BindCapture(capture),
            JumpStatement jump => BindJump(jump),
            _ => throw new InvalidOperationException($"No instruction for {statement.GetType().Name}."),
        };
    }

    private PrintInstruction BindPrint(PrintStatement print)
    {
        var value = BindExpression(print.Expression);
        if (!options.WholeValues && TypeRules.WholeValue(value) is { } problem)
            Report(print.Offset, problem);
        return new PrintInstruction(value.Node);
    }

    private AssignInstruction BindAssign(AssignStatement assign)
    {
        var expression = assign.Operator is { } operation
            ? new BinaryExpression(assign.Offset, operation, new NameExpression(assign.Offset, assign.Name), assign.Value)
            : assign.Value;
        var value = BindExpression(expression);
        var slot = CheckAssignable(assign.Offset, assign.Name) ? _scope.Assign(assign.Name, value.Type).Slot : _scope.NewSlot();
        return new AssignInstruction(At(assign.Offset), slot, value.Node);
    }

    private CaptureInstruction BindCapture(CaptureStatement capture)
    {
        var body = BindBlock(capture.Body);

        // The type stays open: a captured text is a text in most places only, and that is checked while rendering.
        var slot = CheckAssignable(capture.Offset, capture.Name) ? _scope.Assign(capture.Name, TemplateType.Unknown).Slot : _scope.NewSlot();
        return new CaptureInstruction(At(capture.Offset), slot, body);
    }

    private IfInstruction BindIf(IfStatement branching) => new(
        At(branching.Offset),
        [.. branching.Branches.Select(branch => (BindExpression(branch.Tests[0], isCondition: true).Node, BindBlock(branch.Body)))],
        branching.Else is null ? null : BindBlock(branching.Else));

    private CaseInstruction BindCase(CaseStatement choice)
    {
        var value = BindExpression(choice.Value);
        var branches = new List<(Node[], BlockInstruction)>();
        foreach (var branch in choice.Branches)
        {
            var tests = branch.Tests.Select(test => BindTest(test, value.Type)).ToArray();
            branches.Add((tests, BindBlock(branch.Body)));
        }

        var otherwise = choice.Else is null ? null : BindBlock(choice.Else);
        return new CaseInstruction(At(choice.Offset), value.Node, [.. branches], otherwise, options.AutoIndent ? choice.Indent : null);
    }

    private Node BindTest(Expression test, TemplateType subject)
    {
        var value = BindExpression(test);
        if (!TypeRules.AreComparable(subject, value.Type, isEquality: true))
            Report(test.Offset, Problems.NotComparable());
        return value.Node;
    }

    private JumpInstruction BindJump(JumpStatement jump)
    {
        // A snippet may only leave loops of its own.
        var outside = _scope.Inclusions.TryPeek(out var inclusion) ? inclusion.LoopsOutside : 0;
        if (_scope.Loops.Count <= outside)
            Report(jump.Offset, Problems.JumpOutside());
        return new JumpInstruction(At(jump.Offset), jump.IsBreak ? Flow.Break : Flow.Continue);
    }

    private ForInstruction BindFor(ForStatement loop)
    {
        var list = BindIterator(loop.Iterator);
        var limit = BindOption(loop.Options.Limit, least: 1);
        var offset = BindOption(loop.Options.Offset, least: 0);
        if (Functions.Reserved.Contains(loop.Variable))
            Report(loop.Offset, Problems.ReservedVariable(loop.Variable));
        var slots = new LoopSlots(_scope.NewSlot(), _scope.NewSlot(), _scope.NewSlot(), _scope.NewSlot());
        _scope.Loops.Add(new Loop(loop.Variable, ElementOf(list.Type), slots));
        var body = BindBlock(loop.Body);
        _scope.Loops.RemoveAt(_scope.Loops.Count - 1);
        var otherwise = loop.Else is null ? null : BindElse(loop);
        return new ForInstruction(At(loop.Offset), slots, list.Node, limit, offset, loop.Options.Reversed, body, otherwise);
    }

    /// <summary>In the <c>else</c> of a loop its variable has no value, and <c>for</c> would be that of a loop that did not run.</summary>
    private BlockInstruction BindElse(ForStatement loop)
    {
        var hidden = _scope.Loops.ToArray();
        _scope.Loops.RemoveAll(outer => outer.Variable == loop.Variable);
        _elseDepth++;
        var block = BindBlock(loop.Else!);
        _elseDepth--;
        _scope.Loops.Clear();
        _scope.Loops.AddRange(hidden);
        return block;
    }

    private Bound BindIterator(Expression iterator)
    {
        var inner = iterator;
        while (inner is GroupExpression group)
            inner = group.Inner;
        if (inner is BinaryExpression { Operator: TokenKind.DotDot or TokenKind.DotDotLess } range)
            return BindRange(range);
        var list = BindExpression(iterator);
        return list.Type.Kind is TemplateTypeKind.List or TemplateTypeKind.Object or TemplateTypeKind.Unknown or TemplateTypeKind.Nothing
            ? list
            : Refused(iterator.Offset, Problems.NotAList());
    }

    private Bound BindRange(BinaryExpression range)
    {
        if (BindExpression(range.Left).Node is not ConstantNode { Value: { Kind: ValueKind.Integer } left }
            || BindExpression(range.Right).Node is not ConstantNode { Value: { Kind: ValueKind.Integer } right })
        {
            return Refused(range.Offset, Problems.BadRange());
        }

        var last = range.Operator == TokenKind.DotDot ? right.Integer : right.Integer - 1;
        if (left.Integer > last || left.Integer < int.MinValue || last > int.MaxValue || last - left.Integer >= TemplateLimits.RangeElements)
            return Refused(range.Offset, Problems.BadRange());
        var items = new Value[last - left.Integer + 1];
        for (var i = 0; i < items.Length; i++)
            items[i] = Value.From(left.Integer + i);
        return new Bound(new ConstantNode(At(range.Offset), Value.From(new ListValue(items, isConstant: true))), TemplateType.ListOf(TemplateType.Number));
    }

    private Node? BindOption(Expression? option, int least)
    {
        if (option is null)
            return null;
        var value = BindExpression(option);
        if (value.Node is ConstantNode { Value: var constant } && !(Numbers.IsInteger(constant, out var number) && number >= least))
            Report(option.Offset, Problems.BadLimit());
        return value.Node;
    }
}
