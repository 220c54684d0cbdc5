namespace WeComOps.Templates.Language;

/// <summary>
/// Why a template was refused, said to the person who writes it.
/// </summary>
/// <param name="Code">Stable id in English, for lint rules and tests, for example <c>unknown-variable</c>.</param>
/// <param name="Line">Line in the source, from 1.</param>
/// <param name="Column">Column in the line in UTF-16 units, from 1.</param>
/// <param name="Message">What is wrong, in Chinese.</param>
/// <param name="Remedy">What to write instead, in Chinese.</param>
/// <param name="Snippet">Name of the included snippet that line and column belong to; null for the template itself.</param>
public sealed record TemplateError(string Code, int Line, int Column, string Message, string Remedy, string? Snippet = null);
