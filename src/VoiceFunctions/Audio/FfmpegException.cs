namespace VoiceFunctions.Audio;

/// <summary>ffmpeg failed at work that was this app's own, so neither the caller's audio nor a provider is at fault.</summary>
public sealed class FfmpegException(string message, Exception? innerException = null) : Exception(message, innerException);
