using System.Globalization;
using WeComOps.Primitives;

namespace WeComOps.Storage.Sqlite;

/// <summary>
/// The right to write to a database file: a file beside it, held open exclusively for the life of the process. The operating
/// system gives it back when the process ends, however it ends. The file is never deleted: deleting it would let two
/// processes hold two files of one name.
/// </summary>
internal sealed class SqliteLock : IDisposable
{
    private readonly FileStream _file;

    private SqliteLock(FileStream file) => _file = file;

    /// <exception cref="StorageLockedException">Another process (or another part of this one) holds it.</exception>
    public static SqliteLock Take(string database, TimeProvider clock)
    {
        var path = database + ".lock";
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new StorageLockedException(
                $"Another process writes to {database}{Holder(database)}. Stop it first, or use a command that only reads "
                + "(facts export, scorecard, doctor, audit verify, backup): those run beside it.", e);
        }

        try
        {
            WriteHolder(database, clock);
            return new SqliteLock(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    // The lock file itself cannot be read while it is held, so its holder is named in a file of its own.
    private static string OwnerPath(string database) => database + ".owner";

    private static void WriteHolder(string database, TimeProvider clock) => File.WriteAllText(
        OwnerPath(database),
        string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName} since {clock.GetNow():yyyy-MM-dd HH:mm:ss} UTC"));

    private static string Holder(string database)
    {
        try
        {
            return $" ({File.ReadAllText(OwnerPath(database))})";
        }
        catch (IOException)
        {
            // Only a hint for the message: the refusal stands without it.
            return "";
        }
    }
}
