namespace VoiceCommand.Api;

internal sealed record VoiceListDocument(IReadOnlyList<VoiceDocument> Voices);
