namespace VoiceFunctions.Audio;

/// <summary>What one piece of audio may take to be decoded: bytes, length, and time, what its reader does meanwhile included; and where it waits for an ffmpeg, if it has to.</summary>
internal sealed record DecodeLimits(long MaxBytes, TimeSpan MaxDuration, TimeSpan Timeout, Func<CancellationToken, ValueTask<IDisposable>>? EnterAsync = null)
{
    /// <summary>2 GB, the most that a job takes.</summary>
    public const long MaxRecordingBytes = 2L * 1024 * 1024 * 1024;
}
