namespace VoiceCommand.Api;

internal sealed record UploadRequest(string Name, string MediaType);
