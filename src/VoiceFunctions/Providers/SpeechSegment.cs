namespace VoiceFunctions.Providers;

/// <summary>A stretch of recognised speech; times in seconds from the beginning of the audio, as the provider measured them.</summary>
public sealed record SpeechSegment(double Start, double End, string Text)
{
    public string? Speaker { get; init; }

    /// <summary>0 to 1; <see langword="null"/> when the provider gives none.</summary>
    public double? Confidence { get; init; }
}
