using System.Data.Common;

namespace WeComOps.Storage.Sql;

/// <summary>What the engines say differently. Everything else is one SQL for both.</summary>
internal abstract class SqlDialect
{
    /// <summary>
    /// Stands in a statement after the SELECT that chooses rows to claim: where many write at once, rows that another
    /// transaction is claiming are left to it.
    /// </summary>
    public const string SkipLocked = "{skip locked}";

    /// <summary>
    /// Stands in a statement after a SELECT whose rows must not be changed by others until the transaction ends; nothing where
    /// one transaction writes at a time.
    /// </summary>
    public const string ForShare = "{for share}";

    /// <summary>Counts the tables named <c>@name</c>.</summary>
    public abstract string TableExists { get; }

    /// <summary>
    /// One statement that stores messages whose id is new, from three lists of equal length (<c>ids</c> text, <c>times</c> bigint, <c>bodies</c>
    /// text), in their order. Null: the engine is faster row by row.
    /// </summary>
    public virtual Statement? InsertMessages => null;

    /// <summary>Folder of the embedded migrations.</summary>
    public abstract string Migrations { get; }

    /// <summary>Lets one transaction at a time change the schema; null where the right to write does so already.</summary>
    public virtual string? SchemaLock => null;

    /// <summary>Waits until no other transaction has the lock named <c>@name</c>, then keeps it to the end; null where transactions never run side by side.</summary>
    public virtual Statement? Turns => null;

    protected virtual string SkipLockedText => "";

    protected virtual string ForShareText => "";

    /// <summary>A condition: the column is one of the values of a list parameter made by <see cref="List"/>.</summary>
    public abstract string In(string column, string parameter);

    /// <summary>The parameter value for <see cref="In"/>.</summary>
    public abstract object List(IEnumerable<string> values);

    /// <summary>The statement in this engine's words.</summary>
    public string Render(Statement statement) => statement.Sql
        .Replace(SkipLocked, SkipLockedText, StringComparison.Ordinal)
        .Replace(ForShare, ForShareText, StringComparison.Ordinal);

    /// <summary>Completes a new command whose parameters have names but no types.</summary>
    public virtual void Describe(DbCommand command, Statement statement)
    {
    }
}
