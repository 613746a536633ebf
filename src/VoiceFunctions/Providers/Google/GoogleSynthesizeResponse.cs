namespace VoiceFunctions.Providers.Google;

internal sealed record GoogleSynthesizeResponse(byte[]? AudioContent);
