using System.Diagnostics.Metrics;

namespace WeComOps.WeCom;

/// <summary>Meter <c>WeComOps.WeCom</c>: callbacks by result, API calls by path and result. Tags carry no ids of people.</summary>
internal sealed class WeComMetrics
{
    public const string Name = "WeComOps.WeCom";

    private readonly Counter<long> _callbacks;
    private readonly Counter<long> _calls;

    public WeComMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _callbacks = meter.CreateCounter<long>("wecomops.wecom.callbacks", unit: null, "Callbacks received, by result: stored, echoed, unstored or the reason of the refusal.");
        _calls = meter.CreateCounter<long>("wecomops.wecom.calls", unit: null, "API requests, by path and result.");
    }

    public void CountCallback(string result) => _callbacks.Add(1, new KeyValuePair<string, object?>("result", result));

    public void CountCall(string path, string result) =>
        _calls.Add(1, new KeyValuePair<string, object?>("path", path), new KeyValuePair<string, object?>("result", result));
}
