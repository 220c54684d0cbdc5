namespace WeComOps.Storage.Sql;

/// <summary>What the engines say differently. Everything else is one SQL for both.</summary>
internal abstract class SqlDialect
{
    /// <summary>A condition: the column is one of the values of a list parameter made by <see cref="List"/>.</summary>
    public abstract string In(string column, string parameter);

    /// <summary>The parameter value for <see cref="In"/>.</summary>
    public abstract object List(IEnumerable<string> values);

    /// <summary>Counts the tables named <c>@name</c>.</summary>
    public abstract string TableExists { get; }

    /// <summary>
    /// One statement that stores messages whose id is new, from three lists of equal length (<c>ids</c> text, <c>times</c> bigint, <c>bodies</c>
    /// text), in their order. Null: the engine is faster row by row.
    /// </summary>
    public virtual Statement? InsertMessages => null;

    /// <summary>Folder of the embedded migrations.</summary>
    public abstract string Migrations { get; }
}
