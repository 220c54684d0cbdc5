using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Runtime;

/// <summary>A statement ready to run.</summary>
internal abstract class Instruction(Location at)
{
    public Location At => at;

    public abstract Flow Execute(RenderContext context);
}

internal enum Flow : byte
{
    Next,
    Break,
    Continue,
}

/// <summary>Statements with their indentation; null stands for the indentation that holds where the block is entered.</summary>
internal sealed class BlockInstruction(Location at, (Instruction Instruction, string? Indent)[] instructions) : Instruction(at)
{
    public override Flow Execute(RenderContext context)
    {
        var output = context.Output;
        var entered = output.Indent;
        var flow = Flow.Next;
        foreach (var (instruction, indent) in instructions)
        {
            output.Indent = indent ?? entered;
            context.BeginStatement();
            flow = instruction.Execute(context);
            if (flow != Flow.Next)
                break;
        }

        output.Indent = entered;
        return flow;
    }
}

internal sealed class RawInstruction(Location at, string text) : Instruction(at)
{
    public override Flow Execute(RenderContext context)
    {
        context.Step(At);
        return context.Output.Write(text) ? Flow.Next : throw new RenderException(At, Problems.OutputTooLong());
    }
}

internal sealed class PrintInstruction(Node value) : Instruction(value.At)
{
    public override Flow Execute(RenderContext context)
    {
        Texts.Print(context, At, value.Evaluate(context));
        return Flow.Next;
    }
}

internal sealed class AssignInstruction(Location at, int slot, Node value) : Instruction(at)
{
    public override Flow Execute(RenderContext context)
    {
        context.Slot(slot) = value.Evaluate(context);
        return Flow.Next;
    }
}

internal sealed class CaptureInstruction(Location at, int slot, BlockInstruction body) : Instruction(at)
{
    public override Flow Execute(RenderContext context)
    {
        var outer = context.Output.Divert();
        var flow = body.Execute(context);
        context.Slot(slot) = Value.Captured(context.Pay(At, context.Output.Cut(outer)));
        return flow;
    }
}

internal sealed class IfInstruction(Location at, (Node Condition, BlockInstruction Body)[] branches, BlockInstruction? otherwise) : Instruction(at)
{
    public override Flow Execute(RenderContext context)
    {
        foreach (var (condition, body) in branches)
        {
            if (condition.Evaluate(context).IsTruthy)
                return body.Execute(context);
        }

        return otherwise?.Execute(context) ?? Flow.Next;
    }
}

/// <summary>The branches all run with the indentation that holds at the first <c>when</c>.</summary>
internal sealed class CaseInstruction(
    Location at, Node value, (Node[] Tests, BlockInstruction Body)[] branches, BlockInstruction? otherwise, string? indent) : Instruction(at)
{
    public override Flow Execute(RenderContext context)
    {
        var subject = value.Evaluate(context);
        var output = context.Output;
        var entered = output.Indent;
        output.Indent = indent ?? entered;
        var flow = Choose(context, subject)?.Execute(context) ?? Flow.Next;
        output.Indent = entered;
        return flow;
    }

    private BlockInstruction? Choose(RenderContext context, Value subject)
    {
        foreach (var (tests, body) in branches)
        {
            foreach (var test in tests)
            {
                if (Comparisons.AreEqual(test.At, subject, test.Evaluate(context)))
                    return body;
            }
        }

        return otherwise;
    }
}

internal sealed class JumpInstruction(Location at, Flow flow) : Instruction(at)
{
    public override Flow Execute(RenderContext context)
    {
        context.Step(At);
        return flow;
    }
}
