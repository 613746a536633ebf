using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>Where a recognition can be made: everything that the caller left open is decided.</summary>
internal sealed record RecognitionTarget(SpeechProvider Provider, RecognitionModel Model)
{
    public required string? Language { get; init; }
}
