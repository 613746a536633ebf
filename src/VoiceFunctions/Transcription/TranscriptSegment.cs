namespace VoiceFunctions.Transcription;

/// <summary>A segment as <c>verbose_json</c> shows it; times in seconds.</summary>
internal sealed record TranscriptSegment(int Id, double Start, double End, string Text, string? Speaker, double? Confidence);
