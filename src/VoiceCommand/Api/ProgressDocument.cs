namespace VoiceCommand.Api;

internal sealed record ProgressDocument(int Done, int Total, int Percent);
