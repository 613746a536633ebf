namespace VoiceFunctions.Discovery;

/// <summary>Who speaks a profile at one provider.</summary>
internal sealed record VoiceMapping(string Provider, string Model, string Voice);
