namespace VoiceFunctions.Testing.Loopback;

/// <summary>What a voice of <see cref="LoopbackAzureSpeech"/> was told to say, and the markup inside its element.</summary>
public sealed record LoopbackSpoken(string Voice, string Text, System.Xml.Linq.XElement Markup);
