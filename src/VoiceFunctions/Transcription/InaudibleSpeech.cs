namespace VoiceFunctions.Transcription;

/// <summary>A stretch of a recording in which somebody speaks and no provider could make out what; times in seconds from its beginning.</summary>
public sealed record InaudibleSpeech(double Start, double End);
