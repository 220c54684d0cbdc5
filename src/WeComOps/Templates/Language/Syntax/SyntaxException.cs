namespace WeComOps.Templates.Language.Syntax;

/// <summary>The source cannot be read any further. Never leaves the compiler.</summary>
internal sealed class SyntaxException(int offset, Problem problem) : Exception(problem.Code)
{
    public int Offset => offset;

    public Problem Problem => problem;
}
