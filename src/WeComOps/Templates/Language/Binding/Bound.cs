using System.Runtime.InteropServices;
using WeComOps.Templates.Language.Runtime;

namespace WeComOps.Templates.Language.Binding;

/// <summary>An expression that was checked.</summary>
/// <param name="Node">What evaluates it.</param>
/// <param name="Type">Its type, as far as it is known.</param>
/// <param name="IsData">It is data or made from data, so a list that it gives may not be printed whole.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Bound(Node Node, TemplateType Type, bool IsData = false);
