using System.Data.Common;
using Microsoft.Data.Sqlite;
using WeComOps.Inbox;
using WeComOps.Storage.Spill;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

/// <summary>Puts messages into the database, a batch in one transaction.</summary>
internal sealed class SqlIntake(SqlEngine engine) : IMessageLog
{
    public async Task StoreAsync(IReadOnlyList<ReceivedMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            // A part of a batch that fails does no harm: all of it is stored again, and what is known changes nothing. So no savepoint.
            await engine.WriteAsync(session => InboxTables.StoreAsync(session, messages, engine.Dialect), isOneStatement: true, cancellationToken);
        }
        catch (DbException e) when (IsAboutData(e))
        {
            throw new InvalidDataException("The store refuses a message for what it says.", e);
        }
        catch (DbException e)
        {
            throw new IOException("The messages could not be stored.", e);
        }
    }

    /// <summary>The same message would be refused again however well the store is: SQLSTATE classes 22 and 23; too big, constraint, mismatch.</summary>
    private static bool IsAboutData(DbException e) =>
        e is SqliteException { SqliteErrorCode: 18 or 19 or 20 } || e.SqlState is ['2', '2' or '3', ..];
}
