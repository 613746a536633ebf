namespace VoiceFunctions.Providers.Offline;

/// <summary>The engine and the voice that a text is spoken with; <paramref name="Text"/> is the text as that engine reads it.</summary>
internal sealed record OfflineVoice(string Model, string Id, string Text);
