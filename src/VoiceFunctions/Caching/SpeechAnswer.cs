using VoiceFunctions.Providers;

namespace VoiceFunctions.Caching;

/// <summary>A result and how this caller came by it.</summary>
internal sealed record SpeechAnswer(CachedSpeech Speech, CacheOutcome Cache, IReadOnlyList<SpeechAttempt> Attempts)
{
    /// <summary>What to tell the caller. Only the one for whom a provider made the result has costs; to all others it saves them.</summary>
    public SpeechOutcome ToOutcome() => Speech.Outcome with
    {
        Attempts = Attempts,
        Cache = Cache,
        CostUsd = Cache == CacheOutcome.Miss ? Speech.Outcome.CostUsd : 0,
        SavedUsd = Cache == CacheOutcome.Miss ? 0 : Speech.Outcome.CostUsd,
        Segments = Speech.Transcript?.Segments ?? [],
        Words = Speech.Transcript?.Words ?? [],
    };
}
