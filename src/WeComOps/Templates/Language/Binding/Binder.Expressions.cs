using WeComOps.Templates.Language.BuiltIns;
using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Binding;

internal sealed partial class Binder
{
    private Bound BindExpression(Expression expression, bool isCondition = false, bool nullIsHandled = false)
    {
        _steps++;
        if (++_expressionDepth > TemplateLimits.ExpressionDepth)
            throw new SyntaxException(expression.Offset, Problems.TooDeep());
        var bound = expression switch
        {
            ConstantExpression constant => Constant(constant.Offset, constant.Value),
            NameExpression name => BindName(name),
            ArgumentExpression argument => BindArgument(argument),
            MemberExpression member => BindMember(member),
            IndexExpression index => BindIndex(index),
            UnaryExpression unary => BindUnary(unary),
            BinaryExpression binary => BindBinary(binary, isCondition, nullIsHandled),
            ConditionalExpression conditional when IsPlain => Refused(conditional.Offset, Problems.SnippetLogic()),
            ConditionalExpression conditional => BindConditional(conditional),
            GroupExpression group => BindExpression(group.Inner, isCondition, nullIsHandled),
            ListExpression list => BindList(list),
            ObjectExpression members => BindObject(members),
            EmptyExpression empty => BindEmpty(empty),
            CallExpression call => BindCall(call, null),
            PipeExpression pipe => BindPipe(pipe),
            _ => throw new InvalidOperationException($"No node for {expression.GetType().Name}."),
        };
        _expressionDepth--;
        return bound;
    }

    private Bound Constant(int offset, Value value) => new(new ConstantNode(At(offset), value), value.Kind switch
    {
        ValueKind.Text => TemplateType.Text,
        ValueKind.Boolean => TemplateType.Boolean,
        ValueKind.Null => TemplateType.Nothing,
        _ => TemplateType.Number,
    });

    private Bound BindName(NameExpression name)
    {
        if (_members.ContainsKey(name.Name))
            return Refused(name.Offset, Problems.MemberName());
        if (_scope.FindLoop(name.Name) is { } loop)
            return new Bound(new SlotNode(At(name.Offset), loop.Slots.Variable), loop.Type, IsData: true);
        if (Functions.Reserved.Contains(name.Name))
        {
            return Refused(name.Offset, _scope.IsDeclared(name.Name)
                ? Problems.ReservedVariable(name.Name)
                : Problems.FunctionAsValue(name.Name));
        }

        var variable = _scope.Find(name.Name);
        if (variable is null)
            return Refused(name.Offset, Problems.UnknownVariable(name.Name, Counted(_scope.KnownNames)));
        return variable.IsDeclared
            ? new Bound(new SlotNode(At(name.Offset), variable.Slot), variable.Type, IsData: !variable.IsAssigned)
            : new Bound(new AssignedNode(At(name.Offset), variable.Slot, name.Name), variable.Type);
    }

    private Bound BindArgument(ArgumentExpression argument)
    {
        if (!_scope.Inclusions.TryPeek(out var inclusion))
            return Refused(argument.Offset, Problems.SnippetArgument());
        if (argument.Index == 0)
            return Constant(argument.Offset, Value.From(inclusion.Name));
        return argument.Index <= inclusion.Arguments.Length
            ? new Bound(new SlotNode(At(argument.Offset), inclusion.Arguments[argument.Index - 1]), TemplateType.Unknown)
            : Constant(argument.Offset, Value.Null);
    }

    private Bound BindMember(MemberExpression member)
    {
        if (member.Target is NameExpression { Name: "for" })
            return BindLoopMember(member);
        if (FunctionGroup(member) is { } group)
            return Refused(member.Offset, Functions.TryGet(group, member.Name, out _) ? Problems.FunctionAsValue($"{group}.{member.Name}") : Unknown(group, member.Name));
        var target = BindExpression(member.Target);
        var node = new MemberNode(At(member.Offset), target.Node, member.Name, member.NullSafe);
        switch (target.Type.Kind)
        {
            case TemplateTypeKind.Object:
                return target.Type.Members!.TryGetValue(member.Name, out var type)
                    ? new Bound(node, type, IsData: true)
                    : Refused(member.Offset, Problems.UnknownMember(member.Name, Counted(target.Type.Members.Keys)));
            case TemplateTypeKind.Text or TemplateTypeKind.List when member.Name == "size":
                return new Bound(node, TemplateType.Number);
            case TemplateTypeKind.Date when MemberNode.DatePart(default, member.Name) is { } part:
                return new Bound(node, part.Kind == ValueKind.Date ? TemplateType.Date : TemplateType.Number);
            case TemplateTypeKind.Unknown:
                return new Bound(node, TemplateType.Unknown, IsData: true);
            case TemplateTypeKind.Nothing:
                return member.NullSafe ? new Bound(node, TemplateType.Nothing) : Refused(member.Offset, Problems.NullMember());
            default:
                return Refused(member.Offset, Problems.UnknownMember(member.Name, ["size"]));
        }
    }

    private Bound BindLoopMember(MemberExpression member)
    {
        if (!LoopMemberNode.Names.Contains(member.Name, StringComparer.Ordinal))
            return Refused(member.Offset, Problems.LoopMember(member.Name));
        if (_scope.Loops.Count == 0 || _elseDepth > 0)
            return Refused(member.Offset, Problems.LoopMember(null));
        var type = member.Name is "index" or "length" or "rindex" ? TemplateType.Number : TemplateType.Boolean;
        return new Bound(new LoopMemberNode(At(member.Offset), _scope.Loops[^1].Slots, member.Name), type);
    }

    private Bound BindIndex(IndexExpression index)
    {
        var target = BindExpression(index.Target);
        var key = BindExpression(index.Index);
        var keyKind = key.Type.Kind;
        if (target.Type.Kind is TemplateTypeKind.Number or TemplateTypeKind.Boolean or TemplateTypeKind.Date
            || keyKind is TemplateTypeKind.List or TemplateTypeKind.Object or TemplateTypeKind.Boolean or TemplateTypeKind.Date)
        {
            return Refused(index.Offset, Problems.BadIndex());
        }

        var node = new IndexNode(At(index.Offset), target.Node, key.Node, IsNullSafe(index.Target));
        return target.Type.Kind switch
        {
            TemplateTypeKind.List => new Bound(node, target.Type.Element!, IsData: true),
            TemplateTypeKind.Text => new Bound(node, TemplateType.Text),
            _ => new Bound(node, TemplateType.Unknown, IsData: true),
        };
    }

    private static bool IsNullSafe(Expression target) => target switch
    {
        MemberExpression member => member.NullSafe || IsNullSafe(member.Target),
        IndexExpression index => IsNullSafe(index.Target),
        GroupExpression group => IsNullSafe(group.Inner),
        _ => false,
    };

    private Bound BindUnary(UnaryExpression unary)
    {
        if (unary.Operator == TokenKind.Not)
            return new Bound(new NotNode(At(unary.Offset), BindExpression(unary.Operand, isCondition: true).Node), TemplateType.Boolean);
        var operand = BindExpression(unary.Operand);
        if (operand.Type.Kind == TemplateTypeKind.Nothing)
            return Refused(unary.Offset, Problems.NullArithmetic());
        if (operand.Type.Kind is not (TemplateTypeKind.Number or TemplateTypeKind.Unknown))
            return Refused(unary.Offset, Problems.NotANumber());

        // A literal with its sign is a constant, so that a range or a limit may be written with it.
        if (operand.Node is ConstantNode { Value: { Kind: ValueKind.Integer } integer } && integer.Integer != long.MinValue)
            return Constant(unary.Offset, unary.Operator == TokenKind.Minus ? Value.From(-integer.Integer) : integer);
        return new Bound(new NegateNode(At(unary.Offset), operand.Node, unary.Operator == TokenKind.Minus), TemplateType.Number);
    }

    private Bound BindConditional(ConditionalExpression conditional)
    {
        var condition = BindExpression(conditional.Condition, isCondition: true);
        var then = BindExpression(conditional.Then);
        var otherwise = BindExpression(conditional.Else);
        return new Bound(
            new ConditionalNode(At(conditional.Offset), condition.Node, then.Node, otherwise.Node),
            TemplateType.Join(then.Type, otherwise.Type),
            then.IsData && otherwise.IsData);
    }

    private Bound BindList(ListExpression list)
    {
        var items = list.Items.Select(item => BindExpression(item)).ToArray();
        var element = items.Length == 0 ? TemplateType.Unknown : items.Select(item => item.Type).Aggregate(TemplateType.Join);
        var isConstant = Array.TrueForAll(items, item => item.Node is ConstantNode or ListNode { IsConstant: true });
        return new Bound(
            new ListNode(At(list.Offset), Array.ConvertAll(items, item => item.Node), isConstant), TemplateType.ListOf(element), !isConstant);
    }

    private string? FunctionGroup(MemberExpression member) =>
        member.Target is NameExpression { Name: var name } && _scope.FindLoop(name) is null && !_scope.IsDeclared(name)
            && (Functions.IsGroup(name) || Functions.Reserved.Contains(name))
            ? name
            : null;

    private static Problem Unknown(string group, string name) => (group, name) switch
    {
        ("date", "now" or "utc_now") => Problems.Clock(),
        ("math", "random" or "uuid") => Problems.Unsupported($"{group}.{name}", "同样的数据要得到同样的内容，需要的编号请放进变量"),
        ("regex", _) => Problems.Unsupported($"{group}.{name}", "用 string.contains、string.replace 或 string.split"),
        ("object", "eval" or "eval_template" or "to_json" or "from_json") => Problems.Unsupported($"{group}.{name}", "需要的内容请放进变量"),
        _ => Problems.UnknownFunction($"{group}.{name}", Functions.Names(group).Select(known => $"{group}.{known}")),
    };
}
