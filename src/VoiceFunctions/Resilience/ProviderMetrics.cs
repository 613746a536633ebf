using System.Diagnostics.Metrics;
using VoiceFunctions.Providers;
using VoiceFunctions.Telemetry;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Resilience;

/// <summary>What providers do, in numbers: every attempt, where usage has calls.</summary>
internal sealed class ProviderMetrics
{
    private readonly Histogram<double> _attempts;

    public ProviderMetrics(IMeterFactory meters) =>
        _attempts = meters.CreateVoiceMeter().CreateHistogram("voice.attempt.duration", "s", "Time of an attempt at a provider.", tags: null, VoiceMeter.Durations);

    public void Attempted(SpeechOperation operation, SpeechAttempt attempt) => _attempts.Record(
        attempt.Elapsed,
        new(TagNames.Operation, operation.Name()),
        new(TagNames.Provider, attempt.Provider),
        new(TagNames.Model, attempt.Model),
        new(TagNames.Outcome, attempt.Outcome));
}
