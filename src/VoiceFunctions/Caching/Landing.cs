using VoiceFunctions.Providers;

namespace VoiceFunctions.Caching;

/// <summary>How a flight ended: with a result, or with the failure that each of its passengers is to be told in its own way.</summary>
internal sealed record Landing
{
    public CachedSpeech? Speech { get; init; }

    /// <summary>What the result is to the one who bears the costs of the flight.</summary>
    public CacheOutcome Cache { get; init; }

    public CacheTier Tier { get; init; }

    /// <summary>Of a result that a provider made.</summary>
    public IReadOnlyList<SpeechAttempt> Attempts { get; init; } = [];

    /// <summary>Whether the flight has tried to have the result stored before it ended.</summary>
    public bool StoreTried { get; init; }

    public Exception? Failure { get; init; }

    /// <summary>The attempts, as they are told by a caller to whom the flight was of no use and who bears its costs.</summary>
    public IEnumerable<SpeechAttempt> BilledAttempts() =>
        Failure is ProviderException failure
            ? failure.Attempts
            : Attempts.Select(attempt => attempt.Outcome == "ok" ? attempt with { Billed = true, CostUsd = Speech?.Outcome.CostUsd } : attempt);
}
