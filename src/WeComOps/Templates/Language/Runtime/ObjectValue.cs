namespace WeComOps.Templates.Language.Runtime;

/// <summary>An immutable object: names in the order of the data. Objects are small, so a member is found by looking along the names.</summary>
/// <param name="isPair">A member that a loop over an object visits, as <c>key</c> and <c>value</c>. For Scriban that is not an object everywhere.</param>
internal sealed class ObjectValue(string[] names, Value[] values, bool isPair = false)
{
    private static readonly string[] PairNames = ["key", "value"];

    public int Count => names.Length;

    public bool IsPair => isPair;

    public string NameAt(int index) => names[index];

    public Value ValueAt(int index) => values[index];

    public bool TryGet(string name, out Value value)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
            {
                value = values[i];
                return true;
            }
        }

        value = Value.Null;
        return false;
    }

    /// <summary>The members as a list of pairs.</summary>
    public ListValue Pairs() => new(Array.ConvertAll(
        Enumerable.Range(0, names.Length).ToArray(),
        i => Value.From(new ObjectValue(PairNames, [Value.From(names[i]), values[i]], isPair: true))));
}
