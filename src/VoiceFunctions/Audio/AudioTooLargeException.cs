namespace VoiceFunctions.Audio;

/// <summary>More bytes arrived than the route takes. The message is fit to be shown to the caller.</summary>
public sealed class AudioTooLargeException(long maxBytes) : Exception($"The audio is larger than {maxBytes} bytes.")
{
    public long MaxBytes { get; } = maxBytes;
}
