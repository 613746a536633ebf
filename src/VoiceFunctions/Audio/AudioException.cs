namespace VoiceFunctions.Audio;

/// <summary>The audio, not a provider, is at fault. The message is fit to be shown to the caller.</summary>
public sealed class AudioException(AudioFailure failure, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public AudioFailure Failure { get; } = failure;
}
