using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

internal static class AttemptCosts
{
    /// <summary>What a call costs in US dollars: the answer, and every attempt that failed and is billed. Not known as soon as one of them is not.</summary>
    public static decimal? Total(decimal? answer, IEnumerable<SpeechAttempt> attempts) =>
        attempts.Where(attempt => attempt.Billed).Aggregate(answer, (total, attempt) => total + attempt.CostUsd);
}
