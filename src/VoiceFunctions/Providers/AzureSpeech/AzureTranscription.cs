namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>The answer of a fast transcription (https://learn.microsoft.com/rest/api/speechtotext/transcriptions/transcribe, 2025-10-15).</summary>
internal sealed record AzureTranscription
{
    public double? DurationMilliseconds { get; init; }

    public IReadOnlyList<Combined>? CombinedPhrases { get; init; }

    public IReadOnlyList<Phrase>? Phrases { get; init; }

    internal sealed record Combined(string? Text);

    internal sealed record Phrase
    {
        public int? Speaker { get; init; }

        public double? OffsetMilliseconds { get; init; }

        public double? DurationMilliseconds { get; init; }

        public string? Text { get; init; }

        public IReadOnlyList<Word>? Words { get; init; }

        public string? Locale { get; init; }

        public double? Confidence { get; init; }
    }

    internal sealed record Word(string? Text, double? OffsetMilliseconds, double? DurationMilliseconds);
}
