using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace WeComOps.Host.Web;

/// <summary>The product's counters in Prometheus text; counts since the start of the process.</summary>
internal sealed class Metrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, double> _values = new(StringComparer.Ordinal);

    public void Start()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("WeComOps", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var (name, value) in _values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = new StringBuilder(instrument.Name.Replace('.', '_').Replace('-', '_'));
        for (var i = 0; i < tags.Length; i++)
        {
            name.Append(i == 0 ? '{' : ',').Append(tags[i].Key.Replace('.', '_')).Append("=\"")
                .Append(Convert.ToString(tags[i].Value, CultureInfo.InvariantCulture)?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))
                .Append('"');
        }

        if (tags.Length > 0)
        {
            name.Append('}');
        }

        _values.AddOrUpdate(name.ToString(), value, (_, sum) => instrument.IsObservable ? value : sum + value);
    }
}

internal static class MetricsEndpoint
{
    /// <summary>Loopback only: a scraper runs beside the service; numbers of a bank are nobody else's.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/metrics", (HttpContext context, Metrics metrics) =>
            context.Connection.RemoteIpAddress is { } address && System.Net.IPAddress.IsLoopback(address)
            // Through a proxy everybody would come from this machine: a request that was forwarded is no local one.
            && !context.Request.Headers.ContainsKey("X-Original-For") && !context.Request.Headers.ContainsKey("X-Forwarded-For")
                ? Results.Text(metrics.Write(), "text/plain; version=0.0.4; charset=utf-8")
                : Results.NotFound()).AllowAnonymous().ExcludeFromDescription();
}
