using System.Diagnostics;
using System.Diagnostics.Metrics;
using VoiceFunctions.Telemetry;

namespace VoiceFunctions.Usage;

/// <summary>The meters of the numbers that usage is made of, without tenants and keys: those are many.</summary>
internal sealed class UsageInstruments
{
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _characters;
    private readonly Counter<double> _audio;
    private readonly Counter<double> _cost;
    private readonly Counter<double> _saved;
    private readonly Counter<long> _unpriced;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _failures;

    public UsageInstruments(IMeterFactory meters)
    {
        var meter = meters.CreateVoiceMeter();
        _requests = meter.CreateCounter<long>("voice.call.requests", "{call}", "Calls that ended, in whatever way.");
        _duration = meter.CreateHistogram("voice.call.duration", "s", "Time from a call to its answer, its failure or its end.", tags: null, VoiceMeter.Durations);
        _characters = meter.CreateCounter<long>("voice.call.characters", "{character}", "Unicode scalar values of the texts spoken.");
        _audio = meter.CreateCounter<double>("voice.call.audio", "s", "Audio made or heard.");
        _cost = meter.CreateCounter<double>("voice.call.cost", "{USD}", "What calls cost, failed attempts that are billed included, where the price is known.");
        _saved = meter.CreateCounter<double>("voice.call.saved", "{USD}", "What calls would have cost without the cache, where the price is known.");
        _unpriced = meter.CreateCounter<long>("voice.call.unpriced", "{call}", "Calls whose price is not known.");
        _rows = meter.CreateCounter<long>("voice.usage.stored", "{row}", "Rows of usage that were stored, each with all of its totals.");
        _failures = meter.CreateCounter<long>("voice.usage.failed", "{flush}", "Times that usage could not be stored whole.");
    }

    public static TagList Tags(UsageSeries series) => new()
    {
        { TagNames.Operation, series.Operation.Name() },
        { TagNames.Provider, series.Provider },
        { TagNames.Model, series.Model },
        { TagNames.CacheOutcome, series.Cache?.Name() },
        { TagNames.Outcome, series.Outcome },
    };

    public void Called(UsageRecord call)
    {
        var tags = Tags(call.Series);
        _requests.Add(1, tags);
        _duration.Record(call.Latency.TotalSeconds, tags);
        _characters.Add(call.Characters, tags);
        _audio.Add(call.Audio.TotalSeconds, tags);
        _cost.Add((double)(call.CostUsd ?? 0), tags);
        _saved.Add((double)(call.SavedUsd ?? 0), tags);
        _unpriced.Add(call.CostUsd is null ? 1 : 0, tags);
    }

    public void RowStored() => _rows.Add(1);

    public void FlushFailed() => _failures.Add(1);
}
