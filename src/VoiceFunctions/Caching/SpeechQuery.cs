using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Caching;

/// <summary>A result that is wanted of one target.</summary>
/// <param name="Key">What it is known by.</param>
/// <param name="Operation">What is to be done.</param>
/// <param name="Call">What it is wanted for. It names the provider.</param>
/// <param name="Model">The provider's model.</param>
/// <param name="Timings">What is asked of the provider, which may be more than the call needs.</param>
internal sealed record SpeechQuery(SpeechCacheKey Key, SpeechOperation Operation, SpeechCall Call, string? Model, TimingKinds Timings)
{
    /// <summary>What a call that no provider was tried for tells of the provider whose result it got, or failed to get.</summary>
    public SpeechAttempt Attempt(string outcome, string detail, TimeSpan elapsed) => new(Call.Provider!, Model, outcome, detail, Math.Round(elapsed.TotalSeconds, 3));
}
