using WeComOps.Templates.Language.Syntax;

namespace WeComOps.Templates.Language.Runtime;

/// <summary>The rendering cannot go on. Never leaves <see cref="CompiledTemplate.Render"/>.</summary>
internal sealed class RenderException(Location at, Problem problem) : Exception(problem.Code)
{
    public Location At => at;

    public Problem Problem => problem;
}
