using System.Net.Sockets;
using Npgsql;

namespace WeComOps.Storage.PostgreSql;

/// <summary>What an error of the server or of the way to it means for who asked.</summary>
internal static class PostgreSqlFailures
{
    /// <summary><c>idle_in_transaction_session_timeout</c>, which Npgsql does not name.</summary>
    private const string StoodStill = "25P03";

    /// <summary>The server undid the transaction because of another one: the same again will do.</summary>
    public static bool IsConflict(Exception e) => e is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
    };

    /// <summary>Nothing can be written or read now, and nothing is wrong with what was asked.</summary>
    public static bool IsOutage(Exception e) => e switch
    {
        // By class: 08 connection, 53 resources (disk full, too many connections), 57 operator (stopping, starting, cancelled), 58 system
        // error, XX damage; 25006 is a standby, 25P03 a transaction that stood still, 55P03 a lock that was not given in time.
        PostgresException server => server.SqlState is [('0'), '8', ..] or ['5', '3' or '7' or '8', ..] or ['X', 'X', ..]
            or PostgresErrorCodes.ReadOnlySqlTransaction or StoodStill or PostgresErrorCodes.LockNotAvailable,
        NpgsqlException or IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>The connection is gone, which says nothing of the server: it may be back already.</summary>
    public static bool IsDeadConnection(Exception e) => e is NpgsqlException { InnerException: not TimeoutException } and not PostgresException
        or PostgresException
    {
        SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or StoodStill
    };

    /// <summary>The server is there and refuses, and will do so until a person changes something; null when it is something else.</summary>
    public static string? RefusalOf(Exception e) => e is not PostgresException server
        ? null
        : server.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                $"PostgreSQL refuses the user ({server.MessageText}). Check Username and Password in Storage:ConnectionString, and the server's pg_hba.conf.",
            PostgresErrorCodes.InvalidCatalogName =>
                $"The database of Storage:ConnectionString is not there ({server.MessageText}). Create it on the server: CREATE DATABASE name OWNER user; the tables are then made by 'wecomops migrate' or at the next start.",
            PostgresErrorCodes.InsufficientPrivilege =>
                $"The user of Storage:ConnectionString lacks a right ({server.MessageText}). Make it the owner of the database, or grant it CREATE on its schema.",
            _ => null,
        };
}
