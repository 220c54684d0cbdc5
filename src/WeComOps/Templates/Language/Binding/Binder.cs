using WeComOps.Templates.Language.BuiltIns;
using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Binding;

/// <summary>
/// Checks a template against the declared variables, in every branch, and turns it into instructions: names become slots, functions become
/// delegates, snippets are read where they are included. It goes on after an error to find the next one.
/// </summary>
internal sealed partial class Binder(TemplateSchema schema, IReadOnlyDictionary<string, string> snippets, CompileOptions options)
{
    private const int IncludeDepth = 8;
    private readonly List<TemplateError> _errors = [];
    private readonly Scope _scope = new(schema);
    private SourceText _source = new(string.Empty);
    private int _blockDepth;
    private int _expanded;
    private int _elseDepth;

    public IReadOnlyList<TemplateError> Errors => _errors;

    public Scope Scope => _scope;

    /// <summary>Tokens read and nodes made: grows with the length of the source, including what it includes.</summary>
    public int Steps { get; private set; }

    public BlockInstruction Bind(SourceText source)
    {
        var outer = _source;
        _source = source;
        try
        {
            _expanded += source.Text.Length;
            if (_expanded > TemplateLimits.ExpandedSourceChars || System.Text.Encoding.UTF8.GetByteCount(source.Text) > TemplateLimits.SourceBytes)
                throw new SyntaxException(0, Problems.SourceTooLong());
            var block = Parser.Parse(source, out var tokens);
            Steps += tokens;
            return BindBlock(block);
        }
        catch (SyntaxException problem)
        {
            Report(problem.Offset, problem.Problem);
            return new BlockInstruction(At(0), []);
        }
        finally
        {
            _source = outer;
        }
    }

    private BlockInstruction BindBlock(Block block)
    {
        if (++_blockDepth > TemplateLimits.Depth)
            throw new SyntaxException(0, Problems.TooDeep());
        var instructions = new (Instruction, string?)[block.Statements.Count];
        for (var i = 0; i < instructions.Length; i++)
        {
            var (statement, indent) = block.Statements[i];
            instructions[i] = (BindStatement(statement), options.AutoIndent ? indent : null);
        }

        _blockDepth--;
        return new BlockInstruction(At(0), instructions);
    }

    private Location At(int offset) => new(_source, offset);

    private void Report(int offset, Problem problem)
    {
        var error = At(offset).Error(problem);
        if (_errors.Count < TemplateLimits.Errors && !_errors.Contains(error))
            _errors.Add(error);
    }

    /// <summary>Stands in for what was refused, so that the rest can be checked.</summary>
    private Bound Refused(int offset, Problem problem)
    {
        Report(offset, problem);
        return new Bound(new ConstantNode(At(offset), Value.Null), TemplateType.Unknown);
    }

    private bool CheckAssignable(int offset, string name)
    {
        if (Functions.Reserved.Contains(name))
            Report(offset, Problems.ReservedVariable(name));
        else if (_scope.FindLoop(name) is not null)
            Report(offset, Problems.LoopVariableAssigned(name));
        else
            return true;
        return false;
    }
}
