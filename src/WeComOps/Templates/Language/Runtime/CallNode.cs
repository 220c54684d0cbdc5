using WeComOps.Templates.Language.BuiltIns;
using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Runtime;

/// <summary>A call to a built-in function. Arguments that were left out are null.</summary>
internal sealed class CallNode(Location at, Function function, Node?[] arguments) : Node(at)
{
    /// <summary>A second text is mostly one to look for in the first.</summary>
    private readonly bool _searches = function.Parameters is [{ Kind: ParameterKind.Text }, { Kind: ParameterKind.Text }, ..];

    protected override Value Run(RenderContext context)
    {
        var values = context.Reserve(arguments.Length);
        for (var i = 0; i < arguments.Length; i++)
            values[i] = arguments[i] is { } argument ? Convert(context, function.Parameters[i], argument.Evaluate(context)) : Value.Null;
        if (_searches && !values[0].IsNull && !values[1].IsNull)
            context.Search(At, values[0].Text, values[1].Text);
        var result = function.Body(context, At, values);
        values.Clear();
        context.Release(arguments.Length);
        return result.Kind == ValueKind.Text ? Value.From(context.Pay(At, result.Text)) : result;
    }

    private Value Convert(RenderContext context, Parameter parameter, Value value)
    {
        switch (parameter.Kind)
        {
            case ParameterKind.Any:
                return value.Kind == ValueKind.Captured && !parameter.AllowsCaptured ? throw Fail(Problems.CapturedValue()) : value;
            case ParameterKind.Text:
                var text = Texts.Of(context, At, value);
                context.Read(At, text);
                return value.Kind == ValueKind.Text ? value : Value.From(text);
            case ParameterKind.Integer when Numbers.IsInteger(value, out var integer):
                return Value.From((long)integer);
            case ParameterKind.Number when value.IsNumber:
                return value;
            case ParameterKind.List when value.Kind is ValueKind.List or ValueKind.Null:
                return value;
            case ParameterKind.Date when value.Kind == ValueKind.Date || (value.IsNull && parameter.AllowsNull):
                return value;
            case ParameterKind.Object when value.IsNull || (value.Kind == ValueKind.Object && !value.Object.IsPair):
                return value;
            default:
                throw Fail(value.IsNull && parameter.Kind is ParameterKind.Number or ParameterKind.Integer
                    ? Problems.NullArithmetic()
                    : Problems.WrongArgument(parameter.Name, parameter.Expected));
        }
    }
}

/// <summary>The text of a snippet. Its first line gets no indentation of its own; the statement that prints it indents all lines.</summary>
internal sealed class IncludeNode(Location at, (int Slot, Node Value)[] arguments, BlockInstruction body) : Node(at)
{
    protected override Value Run(RenderContext context)
    {
        foreach (var (slot, value) in arguments)
            context.Slot(slot) = value.Evaluate(context);
        var output = context.Output;
        var indent = output.Indent;
        var afterNewLine = output.AfterNewLine;
        var outer = output.Divert();
        output.Indent = null;
        if (indent is not null)
            output.AfterNewLine = false;
        body.Execute(context);
        var text = output.Cut(outer);
        output.Indent = indent;
        output.AfterNewLine = afterNewLine;
        return Value.From(context.Pay(At, text));
    }
}
