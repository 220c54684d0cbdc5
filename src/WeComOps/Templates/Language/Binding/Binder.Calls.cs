using WeComOps.Templates.Language.BuiltIns;
using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Binding;

internal sealed partial class Binder
{
    private Bound BindPipe(PipeExpression pipe) => pipe.To switch
    {
        CallExpression call => BindCall(call, pipe.From),
        MemberExpression or NameExpression => BindCall(new CallExpression(pipe.To.Offset, pipe.To, []), pipe.From),
        _ => Refused(pipe.Offset, Problems.PipeTarget()),
    };

    private Bound BindCall(CallExpression call, Expression? piped)
    {
        if (call.Target is NameExpression { Name: "include" })
            return BindInclude(piped is null ? call : call with { Arguments = [new Argument(null, piped.Offset, piped), .. call.Arguments] });
        if (call.Target is NameExpression { Name: "date" } && !_scope.IsDeclared("date"))
            return Refused(call.Offset, Problems.Unsupported("date", "写成 date.parse \"2026-11-09\""));
        if (call.Target is MemberExpression { Target: NameExpression { Name: var name } } && Functions.IsGroup(name) && _scope.IsDeclared(name))
            return Refused(call.Offset, Problems.ReservedVariable(name));
        if (call.Target is not MemberExpression member || FunctionGroup(member) is not { } group)
            return Refused(call.Offset, piped is null ? Problems.NotAFunction() : Problems.PipeTarget());
        if (!Functions.TryGet(group, member.Name, out var function))
            return Refused(call.Offset, Unknown(group, member.Name));
        if (function!.HtmlOnly && !options.Html)
            return Refused(call.Offset, Problems.HtmlOnly($"{group}.{member.Name}"));
        return BindFunction(call, function, piped);
    }

    private Bound BindFunction(CallExpression call, Function function, Expression? piped)
    {
        var parameters = function.Parameters;
        var arguments = new Bound?[parameters.Length];
        var given = (piped is null ? [] : new[] { new Argument(null, piped.Offset, piped) }).Concat(call.Arguments).ToArray();
        for (var i = 0; i < given.Length; i++)
        {
            var index = given[i].Name is { } name ? Array.FindIndex(parameters, parameter => parameter.Name == name) : i;
            if (index < 0)
                return Refused(given[i].Offset, Problems.NamedArgument(given[i].Name!, function.Signature));
            if (index >= parameters.Length || arguments[index] is not null)
                return Refused(given[i].Offset, Problems.ArgumentCount(function.Signature));
            arguments[index] = BindFunctionArgument(given[i], parameters[index]);
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            if (arguments[i] is null && !parameters[i].IsOptional)
                return Refused(call.Offset, Problems.ArgumentCount(function.Signature));
        }

        var constants = Array.ConvertAll(arguments, argument => argument?.Node is ConstantNode constant ? constant.Value : (Value?)null);
        if (function.Check?.Invoke(constants) is { } problem)
            return Refused(call.Offset, problem);
        var types = Array.ConvertAll(arguments, argument => argument?.Type ?? TemplateType.Nothing);
        return new Bound(
            new CallNode(At(call.Offset), function, Array.ConvertAll(arguments, argument => argument?.Node)),
            function.ResultOf(types),
            IsData: IsDataResult(function, arguments));
    }

    private Bound BindFunctionArgument(Argument argument, Parameter parameter)
    {
        var value = BindExpression(argument.Value);
        if (parameter.Refuses(value.Type.Kind, options.WholeValues))
        {
            return Refused(argument.Offset, value.Type.Kind == TemplateTypeKind.Nothing && parameter.Kind is ParameterKind.Number or ParameterKind.Integer
                ? Problems.NullArithmetic()
                : Problems.WrongArgument(parameter.Name, parameter.Expected));
        }

        if (!options.WholeValues && parameter.Kind == ParameterKind.Text && TypeRules.WholeValue(value) is { } problem)
            return Refused(argument.Offset, problem);
        return value;
    }

    /// <summary>Lists that functions make are data, except parts of a list that is not.</summary>
    private static bool IsDataResult(Function function, Bound?[] arguments) => function.Name switch
    {
        "keys" => false,
        "sort" or "reverse" or "compact" or "limit" or "offset" or "uniq" or "remove_at" or "default" => arguments[0]!.Value.IsData,
        "concat" or "add_range" => arguments[0]!.Value.IsData || arguments[1]!.Value.IsData,
        _ => true,
    };

    private Bound BindInclude(CallExpression call)
    {
        if (_members.Count > 0)
            return Refused(call.Offset, Problems.MemberName());
        if (IsPlain)
            return Refused(call.Offset, Problems.SnippetLogic());
        if (call.Arguments.Count == 0 || call.Arguments.Any(argument => argument.Name is not null)
            || call.Arguments[0].Value is not ConstantExpression { Value: { Kind: ValueKind.Text } nameValue })
        {
            return Refused(call.Offset, Problems.SnippetName());
        }

        var name = nameValue.Text;
        if (!snippets.TryGetValue(name, out var text))
            return Refused(call.Arguments[0].Offset, Problems.UnknownSnippet(name, Counted(snippets.Keys)));
        if (_scope.Inclusions.Any(inclusion => inclusion.Name == name))
            return Refused(call.Arguments[0].Offset, Problems.SnippetLoop(name));
        if (_scope.Inclusions.Count >= IncludeDepth)
            return Refused(call.Offset, Problems.TooDeep());
        var arguments = call.Arguments.Skip(1).Select(argument => (Slot: _scope.NewSlot(), BindExpression(argument.Value).Node)).ToArray();
        _included.Add(name);
        _scope.Inclusions.Push(new Inclusion(name, Array.ConvertAll(arguments, argument => argument.Slot), _scope.Loops.Count));
        var body = Bind(new SourceText(text, name));
        _scope.Inclusions.Pop();
        return new Bound(new IncludeNode(At(call.Offset), arguments, body), TemplateType.Text);
    }
}
