namespace VoiceFunctions.Providers.Offline;

/// <summary>Where the models of a recognition are.</summary>
internal sealed record RecogniserFiles(string VoiceActivity, string Encoder, string Decoder, string Vocabulary);
