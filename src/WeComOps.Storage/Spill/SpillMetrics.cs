using System.Diagnostics.Metrics;

namespace WeComOps.Storage.Spill;

/// <summary>Meter <c>WeComOps.Storage</c>: what became of callbacks on their way into the store.</summary>
internal sealed class SpillMetrics
{
    private readonly Counter<long> _stored;
    private readonly Counter<long> _spilled;
    private readonly Counter<long> _replayed;
    private readonly Counter<long> _unstored;

    public SpillMetrics(IMeterFactory meters, SpillFolder folder)
    {
        var meter = meters.Create("WeComOps.Storage");
        _stored = meter.CreateCounter<long>("wecomops.intake.stored", unit: null, "Messages written to the store at once.");
        _spilled = meter.CreateCounter<long>("wecomops.intake.spilled", unit: null, "Messages written to the spill folder instead.");
        _replayed = meter.CreateCounter<long>("wecomops.intake.replayed", unit: null, "Messages written from the spill folder to the store.");
        _unstored = meter.CreateCounter<long>("wecomops.intake.unstored", unit: null, "Messages that could be written nowhere: they were not acknowledged.");
        meter.CreateObservableGauge("wecomops.intake.spill.bytes", () => folder.Bytes, "By", "What waits in the spill folder.");
        meter.CreateObservableGauge("wecomops.intake.spill.damaged", () => folder.Damaged, unit: null, "Damaged segments that a person should look at.");
        meter.CreateObservableGauge("wecomops.intake.spill.torn", () => folder.Torn, unit: null, "Segments kept because of an end that nobody can explain.");
    }

    public void Stored(int messages) => _stored.Add(messages);

    public void Spilled(int messages) => _spilled.Add(messages);

    public void Replayed(int messages) => _replayed.Add(messages);

    public void Unstored(int messages) => _unstored.Add(messages);
}
