using System.Data.Common;
using WeComOps.Inbox;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

internal sealed class SqlIntake(SqlEngine engine) : IIntake
{
    public async Task StoreAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await engine.WriteAsync(session => InboxTables.StoreAsync(session, message), isOneStatement: true, cancellationToken);
        }
        catch (DbException e)
        {
            throw new IOException("The message could not be stored.", e);
        }
    }
}
