using System.Text;
using WeComOps.Templates.Language.Binding;
using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language;

/// <summary>A template that was accepted. Immutable, safe for any number of threads; a rendering depends on the data alone.</summary>
public sealed class CompiledTemplate
{
    private readonly BlockInstruction _body;
    private readonly Variable[] _variables;
    private readonly int _slots;
    private readonly Location _start;
    private readonly bool _wholeValues;

    internal CompiledTemplate(BlockInstruction body, Scope scope, IReadOnlyCollection<string> included, SourceText source, bool wholeValues)
    {
        _body = body;
        _variables = [.. scope.Declared];
        _slots = scope.Slots;
        _start = new Location(source, 0);
        _wholeValues = wholeValues;
        SnippetsUsed = included;
        VariablesUsed = Array.ConvertAll(_variables, variable => variable.Name);
    }

    /// <summary>The declared variables that the template or one of its snippets names, in the order of first use. Each must be in the data.</summary>
    public IReadOnlyList<string> VariablesUsed { get; }

    /// <summary>The snippets that the template includes, also in a branch that rarely runs.</summary>
    public IReadOnlyCollection<string> SnippetsUsed { get; }

    /// <summary>Prints the template for one set of data. Never throws for any data, and always ends within <see cref="TemplateLimits"/>.</summary>
    public RenderResult Render(TemplateModel model) => Render(model, out _);

    internal RenderResult Render(TemplateModel model, out int steps)
    {
        ArgumentNullException.ThrowIfNull(model);
        var context = RenderContext.Rent(_slots, _wholeValues);
        try
        {
            Fill(context, model);
            _body.Execute(context);
            var text = context.Output.Written;
            if (Encoding.UTF8.GetByteCount(text) > TemplateLimits.OutputBytes)
                return new RenderResult.Failed(_start.Error(Problems.OutputTooLong()));
            return new RenderResult.Rendered(text.ToString());
        }
        catch (RenderException refusal)
        {
            return new RenderResult.Failed(refusal.At.Error(refusal.Problem));
        }
        finally
        {
            steps = context.Steps;
            context.Return();
        }
    }

    private void Fill(RenderContext context, TemplateModel model)
    {
        foreach (var variable in _variables)
        {
            if (!model.Values.TryGetValue(variable.Name, out var value))
                throw new RenderException(_start, Problems.MissingVariable(variable.Name));
            if (!Fits(value.Kind, variable.DeclaredType.Kind))
                throw new RenderException(_start, Problems.WrongVariable(variable.Name));
            context.Slot(variable.Slot) = value;
        }
    }

    /// <summary>Null fits everywhere: what a template does with it, it says itself.</summary>
    private static bool Fits(ValueKind value, TemplateTypeKind type) => value == ValueKind.Null || type switch
    {
        TemplateTypeKind.Text => value == ValueKind.Text,
        TemplateTypeKind.Number => value is ValueKind.Integer or ValueKind.Double or ValueKind.Decimal,
        TemplateTypeKind.Boolean => value == ValueKind.Boolean,
        TemplateTypeKind.Date => value == ValueKind.Date,
        TemplateTypeKind.List => value == ValueKind.List,
        TemplateTypeKind.Object => value == ValueKind.Object,
        TemplateTypeKind.Nothing => false,
        _ => true,
    };
}
