namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>The part <c>definition</c> of a fast transcription (https://learn.microsoft.com/rest/api/speechtotext/transcriptions/transcribe, 2025-10-15).</summary>
internal sealed record AzureTranscriptionDefinition
{
    /// <summary>Absent for the multilingual model; one when the language is known; several to choose among.</summary>
    public IReadOnlyList<string>? Locales { get; init; }

    /// <summary>The service's default would put asterisks for words that were said.</summary>
    public string ProfanityFilterMode { get; init; } = "None";

    public Speakers? Diarization { get; init; }

    public Expected? PhraseList { get; init; }

    /// <summary><paramref name="MaxSpeakers"/> is from 2 to 35.</summary>
    internal sealed record Speakers(bool Enabled, int MaxSpeakers);

    internal sealed record Expected(IReadOnlyList<string> Phrases);
}
