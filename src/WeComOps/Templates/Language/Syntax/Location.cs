using System.Runtime.InteropServices;

namespace WeComOps.Templates.Language.Syntax;

/// <summary>A place in a source, turned into line and column only when an error is told.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Location(SourceText Source, int Offset)
{
    public TemplateError Error(Problem problem) => Source.Error(Offset, problem);
}
