using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers;

/// <summary>What the responses of the speech ports have no field for. Read through <see cref="SpeechResponseExtensions"/>. An adapter fills what it knows; the layers above add theirs.</summary>
public sealed record SpeechOutcome
{
    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>Synthesis: the voice that spoke, in the provider's own name.</summary>
    public string? Voice { get; init; }

    /// <summary>Synthesis: what the bytes are.</summary>
    public AudioFormat? Format { get; init; }

    /// <summary>Synthesis: hertz.</summary>
    public int? SampleRate { get; init; }

    /// <summary>Synthesis: SHA-256 of the audio in lower-case hex; <see langword="null"/> as long as nobody has computed it.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Seconds of audio made or heard; <see langword="null"/> as long as nobody has measured it.</summary>
    public double? Duration { get; init; }

    /// <summary>Recognition: the BCP-47 tag of the language heard.</summary>
    public string? Language { get; init; }

    /// <summary>Recognition: 0 to 1; <see langword="null"/> when the provider gives none.</summary>
    public double? Confidence { get; init; }

    public IReadOnlyList<SpeechSegment> Segments { get; init; } = [];

    public IReadOnlyList<SpeechWord> Words { get; init; } = [];

    public IReadOnlyList<SpeechAttempt> Attempts { get; init; } = [];

    public CacheOutcome Cache { get; init; }

    /// <summary>What the making was billed for; a stored or shared result is not billed again and keeps the units of its making.</summary>
    public BilledUnits? Units { get; init; }

    /// <summary>The <see cref="SpeechCall.Chunk"/> of the call that a provider was asked for, told to all whom the stored result is served to; <see langword="null"/> for none.</summary>
    public string? MadeFor { get; init; }

    /// <summary>US dollars; <see langword="null"/> when the price is not known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>US dollars that a stored or shared result would have cost again: 0 for one that was made for this call, <see langword="null"/> when the price is not known.</summary>
    public decimal? SavedUsd { get; init; } = 0;
}
