namespace VoiceFunctions.Providers;

/// <summary>A recognised word; times in seconds from the beginning of the audio, as the provider measured them.</summary>
public sealed record SpeechWord(string Word, double Start, double End);
