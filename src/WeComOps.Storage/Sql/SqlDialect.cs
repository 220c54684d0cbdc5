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
    /// Ends a SELECT so that its rows cannot be changed by others until the transaction ends. Empty where one transaction writes
    /// at a time.
    /// </summary>
    public virtual string ForShare => "";

    /// <summary>Ends a SELECT so that rows which others are writing are left out. Empty where one transaction writes at a time.</summary>
    public virtual string SkipLocked => "";

    /// <summary>
    /// A statement after which only this transaction claims from the inbox until it ends; null where one transaction writes at
    /// a time.
    /// </summary>
    public virtual string? ClaimAlone => null;

    /// <summary>Folder of the embedded migrations.</summary>
    public abstract string Migrations { get; }
}
