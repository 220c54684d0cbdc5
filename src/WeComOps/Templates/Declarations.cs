using System.Globalization;

namespace WeComOps.Templates;

/// <param name="Type">text, number, date, boolean or list (of texts, one a line).</param>
/// <param name="Sample">A value as it will be, for previews and checks.</param>
/// <param name="Max">Of text and list: most characters (UTF-16 units, of all items together) that may be filled in, since nobody reviews them.</param>
public sealed record DeclaredVariable(string Type, string Sample, int Max = DeclaredVariable.DefaultMax)
{
    public const int DefaultMax = 40;

    /// <summary>Whoever needs more puts it into the text, where a reviewer reads it.</summary>
    public const int HighestMax = 120;

    /// <summary>Whether whoever issues an instruction writes words of their own.</summary>
    public bool IsFree => Type is "text" or "list";
}

/// <summary>A market fact that the template quotes.</summary>
/// <param name="Type">text or number.</param>
/// <param name="At">Time of the sample, Asia/Shanghai.</param>
/// <param name="MaxAgeDays">Older figures are not news any more: sending is refused.</param>
/// <param name="Unit">What the text says behind the figure; a figure in another unit is refused. Null: the text names none.</param>
public sealed record DeclaredFact(string Type, string Sample, string Source, DateTime At, int MaxAgeDays, string? Unit = null);

/// <summary>The product that the content is about.</summary>
/// <param name="RiskLevel">R1 to R5; null where there is none.</param>
public sealed record DeclaredProduct(string Name, string? RiskLevel);

/// <summary>The tracked link as a card beside the text (图文链接) instead of an address in it.</summary>
/// <param name="Title">At most 64 bytes; the same for every reader.</param>
/// <param name="Description">At most 512 bytes; shown in group posts only. Null: none.</param>
/// <param name="Cover">Picture, by its id or file name; null: none.</param>
public sealed record DeclaredCard(string Title, string? Description, string? Cover);

/// <summary>
/// A place where a rule is known to be met and was allowed: shown to the reviewer with its reason, never silent.
/// </summary>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Text">The words that are allowed, as they stand in the text.</param>
/// <param name="Registration">Number under which compliance keeps the permission.</param>
public sealed record RegisteredExemption(string Rule, string Text, string Reason, string Registration);

/// <summary>What is wrong with a template, where, and what to do about it; in the editor's language.</summary>
/// <param name="Line">In the file, from 1.</param>
/// <param name="Column">From 1.</param>
public sealed record TemplateFault(int Line, int Column, string Message, string Remedy)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Line}:{Column} {Message} {Remedy}");
}

/// <summary>Where a value of the front matter begins in the file.</summary>
/// <param name="Literal">The characters of the value follow one by one from here, so that a place inside of it can be named.</param>
/// <param name="Block">The lines of the value follow one by one from here, each from this column on.</param>
internal sealed record Place(int Line, int Column, bool Literal, bool Block = false)
{
    public static Place Start { get; } = new(1, 1, Literal: false);

    public (int Line, int Column) At(int offset) => (Line, Literal ? Column + offset : Column);

    /// <param name="line">Of the value, from 0.</param>
    /// <param name="column">In that line, from 0.</param>
    public (int Line, int Column) At(int line, int column) => Block ? (Line + line, Column + column) : line == 0 ? At(column) : (Line, Column);
}
