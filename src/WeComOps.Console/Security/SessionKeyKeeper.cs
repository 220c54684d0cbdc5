using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WeComOps.Access;

namespace WeComOps.Console.Security;

/// <summary>
/// Keeps the session keys of all nodes in the store: reads them before the first request, looks for new ones, and adds the next
/// key in good time. A new key is added two days before it signs anything, and every node reads the keys within a day. Until the
/// store is open there are no keys, and nobody signs in.
/// </summary>
internal sealed partial class SessionKeyKeeper(ISessionKeyStore store, SessionKeyRing ring, IKeyManager keys, ILogger<SessionKeyKeeper> logger)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan WithoutKeys = TimeSpan.FromSeconds(2);

    // Sessions are a matter of people's own time, in the demo too.
    private static readonly TimeProvider Clock = TimeProvider.System;

    private bool _hasKeys;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await KeepAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or IOException or TimeoutException)
        {
            // This node starts without its store, and the loop goes on asking.
            Log.Failed(logger, exception);
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Reads the keys and adds one when the newest ends soon.</summary>
    internal async Task KeepAsync(CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        // Twice at most: another node may have put its key first, and then that one is there.
        for (var tries = 0; tries < 3; tries++)
        {
            var elements = await store.ReadAsync(cancellationToken);
            ring.Load(elements);
            var usable = keys.GetAllKeys().Where(key => !key.IsRevoked && key.ExpirationDate > now && IsReadable(key)).ToList();
            if (usable.Exists(key => key.ExpirationDate > now + Ahead))
            {
                _hasKeys = true;
                return;
            }

            var activation = usable.Select(static key => key.ExpirationDate).Append(now).Max();
            keys.CreateNewKey(activation, activation + Lifetime);
            if (ring.Fresh is { } fresh && await store.AddAsync(elements.Count + 1, fresh.Name, fresh.Xml, cancellationToken))
            {
                Log.Added(logger, activation);
            }
        }

        throw new InvalidOperationException("The session keys in the store end too soon, and no new one could be added.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(_hasKeys ? Pause : WithoutKeys, Clock, stoppingToken);
            try
            {
                await KeepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The keys at hand, if there are any, are good for two days at least.
                Log.Failed(logger, exception);
            }
        }
    }

    /// <summary>A key that was sealed with another secret signs nothing here.</summary>
    private static bool IsReadable(IKey key)
    {
        try
        {
            return key.CreateEncryptor() is not null;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A session key was added; it signs from {From} on")]
        public static partial void Added(ILogger logger, DateTimeOffset from);

        [LoggerMessage(2, LogLevel.Error, "The session keys could not be read or added; tried again soon")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
