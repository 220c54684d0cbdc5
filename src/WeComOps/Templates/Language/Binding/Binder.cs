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

    /// <summary>Faults looked into, also those that are told already: each may look through all names for a likely one.</summary>
    private const int MostReports = 2 * TemplateLimits.Errors;
    private readonly List<TemplateError> _errors = [];
    private readonly Scope _scope = new(schema);
    private readonly HashSet<string> _included = new(StringComparer.Ordinal);
    private SourceText _source = new(string.Empty);
    private int _blockDepth;
    private int _expressionDepth;
    private int _expanded;
    private int _elseDepth;
    private int _reports;
    private int _steps;

    public IReadOnlyList<TemplateError> Errors => _errors;

    public Scope Scope => _scope;

    /// <summary>Names of the snippets that are included anywhere.</summary>
    public IReadOnlyCollection<string> Included => _included;

    /// <summary>Characters and tokens looked at, nodes made, names compared: grows with the length of the source, including what it includes.</summary>
    public int Steps => _steps;

    /// <summary>Reads a template with all that it includes, up to the end or to the most errors that are told.</summary>
    public BlockInstruction BindTemplate(SourceText source)
    {
        try
        {
            return Bind(source);
        }
        catch (EnoughErrorsException)
        {
            return new BlockInstruction(At(0), []);
        }
    }

    private BlockInstruction Bind(SourceText source)
    {
        var (outer, blockDepth, expressionDepth) = (_source, _blockDepth, _expressionDepth);
        _source = source;
        try
        {
            _expanded += source.Text.Length;
            if (_expanded > TemplateLimits.ExpandedSourceChars || System.Text.Encoding.UTF8.GetByteCount(source.Text) > TemplateLimits.SourceBytes)
                throw new SyntaxException(0, Problems.SourceTooLong());
            return BindBlock(Parser.Parse(source, ref _steps));
        }
        catch (SyntaxException problem)
        {
            Report(problem.Offset, problem.Problem);
            return new BlockInstruction(At(0), []);
        }
        finally
        {
            (_source, _blockDepth, _expressionDepth) = (outer, blockDepth, expressionDepth);
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

    /// <summary>Whether what is read is a snippet that may hold words and values only.</summary>
    private bool IsPlain => options.PlainSnippets && _scope.Inclusions.Count > 0;

    private Location At(int offset) => new(_source, offset);

    private void Report(int offset, Problem problem)
    {
        var error = At(offset).Error(problem);
        if (!_errors.Contains(error))
            _errors.Add(error);
        if (_errors.Count == TemplateLimits.Errors || ++_reports == MostReports)
            throw new EnoughErrorsException();
    }

    /// <summary>Stands in for what was refused, so that the rest can be checked.</summary>
    private Bound Refused(int offset, Problem problem)
    {
        Report(offset, problem);
        return new Bound(new ConstantNode(At(offset), Value.Null), TemplateType.Unknown);
    }

    /// <summary>Names to guess from. Looking through them is work that counts.</summary>
    private string[] Counted(IEnumerable<string> names)
    {
        string[] known = [.. names];
        _steps += known.Length;
        return known;
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

    /// <summary>Ends the reading of a source that is full of errors.</summary>
    private sealed class EnoughErrorsException : Exception;
}
