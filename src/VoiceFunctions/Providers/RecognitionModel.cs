using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers;

/// <summary>What one recognition model of a provider can do. Plans are made from this and never from a provider's name.</summary>
public sealed record RecognitionModel(string Id)
{
    /// <summary>BCP-47 tags; a bare language such as <c>en</c> covers its regions, and empty means any language.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Containers that the provider takes as they are. Others are converted by this app to WAV, 16 kHz mono, which every provider takes.</summary>
    public required IReadOnlyList<AudioContainer> Containers { get; init; }

    /// <summary>The largest upload in bytes; <see langword="null"/> when there is no limit of its own.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>The longest audio of one call; <see langword="null"/> when there is no limit of its own.</summary>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>The timings that the model measures.</summary>
    public TimingKinds Timings { get; init; }

    public bool Diarization { get; init; }

    public bool Prompt { get; init; }

    /// <summary>Whether the model has to be told the language, for it does not find it out.</summary>
    public bool NeedsLanguage { get; init; }

    /// <summary>Whether the model tells how sure it is.</summary>
    public bool Confidence { get; init; }

    public ProviderPrice? Price { get; init; }

    /// <summary>The day from which the provider no longer serves the model, when it has announced one.</summary>
    public DateOnly? RetiresOn { get; init; }
}
