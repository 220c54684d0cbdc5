using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace WeComOps.WeCom.Tests.Callback;

public sealed class CallbackMetricsTests
{
    [Fact]
    public async Task Every_callback_is_counted_by_its_result()
    {
        await using var host = await CallbackHost.StartAsync();
        var results = new ConcurrentQueue<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            // Other tests have meters of the same name: only this host's factory counts.
            if (instrument.Meter is { Name: "WeComOps.WeCom" } && ReferenceEquals(instrument.Meter.Scope, host.Meters))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
        {
            Assert.Equal("wecomops.wecom.callbacks", instrument.Name);
            results.Enqueue((string)tags[0].Value!);
        });
        listener.Start();

        await host.PostAsync("<xml/>");
        await host.PostAsync("<xml/>", timestamp: "1");
        await host.PostCipherAsync("AAAA");

        Assert.Equal(["stored", "BadTimestamp", "BadCipherLength"], results, StringComparer.Ordinal);
    }
}
