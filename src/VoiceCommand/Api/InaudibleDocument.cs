namespace VoiceCommand.Api;

/// <summary>A stretch of a recording that nobody could make out; in seconds.</summary>
internal sealed record InaudibleDocument(double Start, double End);
