using VoiceFunctions.Audio;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>Where a synthesis can be made: everything that the caller left open is decided.</summary>
internal sealed record SynthesisTarget(SpeechProvider Provider, SynthesisModel Model, ProviderVoice Voice)
{
    public required string? Language { get; init; }

    public required AudioFormat Format { get; init; }

    /// <summary>Hertz; <see langword="null"/> for the voice's own.</summary>
    public required int? SampleRate { get; init; }

    public required float Speed { get; init; }
}
