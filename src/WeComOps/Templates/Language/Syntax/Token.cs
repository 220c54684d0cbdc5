using System.Runtime.InteropServices;

namespace WeComOps.Templates.Language.Syntax;

/// <summary>A token: the source from <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Token(TokenKind Kind, int Start, int End);
