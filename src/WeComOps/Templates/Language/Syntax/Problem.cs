using System.Runtime.InteropServices;

namespace WeComOps.Templates.Language.Syntax;

/// <summary>What is wrong and what to do, without the place.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Problem(string Code, string Message, string Remedy);
