using VoiceFunctions.Audio.Segmentation;

namespace VoiceFunctions.Providers.Offline;

/// <summary>The segments of speech in the order they were spoken, and how much audio there was.</summary>
internal sealed record Transcript(IReadOnlyList<(SpeechSpan Span, RecognisedSpeech Speech)> Segments, double Seconds);
