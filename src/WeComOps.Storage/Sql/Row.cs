using System.Data.Common;
using System.Globalization;
using WeComOps.Ledger;

namespace WeComOps.Storage.Sql;

/// <summary>Reads one row column by column, in the order in which the statement names them.</summary>
internal ref struct Row(DbDataReader reader)
{
    private int _next;

    public string Text() => reader.GetString(_next++);

    public string? TextOrNull()
    {
        var column = _next++;
        return reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    public long Long() => reader.GetInt64(_next++);

    public long? LongOrNull()
    {
        var column = _next++;
        return reader.IsDBNull(column) ? null : reader.GetInt64(column);
    }

    public int Int() => checked((int)Long());

    public bool Flag() => Long() != 0;

    public bool? FlagOrNull() => LongOrNull() is { } value ? value != 0 : null;

    public DateTimeOffset Time() => DateTimeOffset.FromUnixTimeMilliseconds(Long());

    public DateTimeOffset? TimeOrNull() => LongOrNull() is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;

    public DateOnly Day() => ToDay(Text());

    public decimal Money() => StoredValues.Money(Long());

    public decimal? MoneyOrNull() => LongOrNull() is { } fen ? StoredValues.Money(fen) : null;

    public T Enum<T>()
        where T : struct, Enum => EnumText<T>.Parse(Text());

    public FactRef Ref() => new(Day(), Text());

    public FactRef? RefOrNull()
    {
        var day = TextOrNull();
        var id = TextOrNull();
        return day is null || id is null ? null : new FactRef(ToDay(day), id);
    }

    /// <summary>Seven columns: instruction, template, version, variant, author, team, product line. No template: no content.</summary>
    public ContentRef? ContentOrNull()
    {
        var instruction = TextOrNull();
        var template = TextOrNull();
        var version = LongOrNull();
        var variant = TextOrNull();
        var author = TextOrNull();
        var team = TextOrNull();
        var productLine = TextOrNull();
        return template is null
            ? null
            : new ContentRef(instruction, template, checked((int)(version ?? 0)), variant, author ?? "", team ?? "", productLine);
    }

    private static DateOnly ToDay(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
