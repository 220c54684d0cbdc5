using System.Data.Common;

namespace WeComOps.WeCom.Api;

internal static class StoreAway
{
    /// <summary>How long a call waits that needs the store and cannot have it.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>The store cannot be reached or written now: no bug, and it passes.</summary>
    public static bool Is(Exception exception) => exception is DbException or IOException or TimeoutException;
}
