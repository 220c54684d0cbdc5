namespace WeComOps.Templates.Language.Runtime;

/// <summary>An immutable list.</summary>
/// <param name="items">The elements; the array is not changed by anybody afterwards.</param>
/// <param name="isConstant">
/// The list comes from literals of the template alone, so the preview shows what everybody gets: only such a list may be printed whole.
/// </param>
internal sealed class ListValue(Value[] items, bool isConstant = false)
{
    public static ListValue Empty { get; } = new([]);

    public int Count => items.Length;

    public bool IsConstant => isConstant;

    public Value this[int index] => items[index];

    public ReadOnlySpan<Value> Span => items;
}
