namespace WeComOps.Templates.Language.Runtime;

/// <summary>An immutable object: names in the order of the data. Objects are small, so a member is found by looking along the names.</summary>
internal sealed class ObjectValue(string[] names, Value[] values)
{
    public int Count => names.Length;

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
}
