namespace VoiceCommand.Api;

internal sealed record VoiceMapping(string Provider, string Model, string Voice);
