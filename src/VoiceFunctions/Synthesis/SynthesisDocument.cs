using VoiceFunctions.Audio;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Synthesis;

/// <summary>The JSON answer to a synthesis.</summary>
internal sealed record SynthesisDocument
{
    public required string RequestId { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    public required string Voice { get; init; }

    public required CacheOutcome Cache { get; init; }

    public required IReadOnlyList<SpeechAttempt> Attempts { get; init; }

    /// <summary>Seconds.</summary>
    public required double? Duration { get; init; }

    public required decimal? CostUsd { get; init; }

    public required AudioFormat Format { get; init; }

    public required int SampleRate { get; init; }

    public required int Bytes { get; init; }

    /// <summary>Base64 in JSON.</summary>
    public required ReadOnlyMemory<byte> Audio { get; init; }
}
