using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Usage;

/// <summary>Operations, cache outcomes and units by the names that the API has for them.</summary>
internal static class UsageNames
{
    public static string Name(this SpeechOperation operation) => operation == SpeechOperation.Synthesis ? "synthesis" : "transcription";

    public static string Name(this CacheOutcome cache) => cache switch
    {
        CacheOutcome.Hit => "hit",
        CacheOutcome.Shared => "shared",
        CacheOutcome.Bypass => "bypass",
        _ => "miss",
    };
}
