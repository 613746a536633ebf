using CliWrap;

namespace VoiceFunctions.Audio;

/// <summary>Bare 16-bit mono samples being encoded by ffmpeg.</summary>
internal static class FfmpegEncoding
{
    /// <summary>
    /// The result goes into a file, since MP3 and FLAC put their length into their beginning at the end. Nothing in it tells when and by what it was
    /// made: the same samples give the same bytes.
    /// </summary>
    /// <exception cref="FfmpegException">ffmpeg failed or took too long.</exception>
    public static async Task RunAsync(
        Ffmpeg ffmpeg, PipeSource samples, AudioFormat format, int sampleRate, TempFile file, TimeSpan limit, CancellationToken cancellationToken)
    {
        string[] input = ["-f", "s16le", "-ar", $"{sampleRate}", "-ac", "1", "-i", "pipe:0"];
        string[] reproducible = ["-threads", "1", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"];
        string[] arguments = [.. input, .. reproducible, .. Encoder(format, sampleRate), "-y", $"file:{file.Path}"];
        int exitCode;
        try
        {
            exitCode = await ffmpeg.RunAsync(arguments, samples, PipeTarget.Null, limit, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new FfmpegException(exception.Message, exception);
        }

        if (exitCode != 0) throw new FfmpegException($"ffmpeg ended with {exitCode}.");
        if (file.Length == 0) throw new FfmpegException("ffmpeg wrote no audio.");
    }

    /// <summary>
    /// Bit rates for one voice. AAC carries at most 6144 bits in a frame of 1024 samples (ISO/IEC 13818-7, 8.2.2), which is 48 kbit/s at 8 kHz; 32 for
    /// speech in Opus is far above where listeners hear a difference (RFC 7587, section 3.1.1: 16-20 kbit/s wide band, 28-40 full band).
    /// </summary>
    private static string[] Encoder(AudioFormat format, int sampleRate) => format switch
    {
        AudioFormat.Mp3 => ["-c:a", "libmp3lame", "-b:a", sampleRate switch { <= 24_000 => "64k", <= 32_000 => "96k", _ => "128k" }, "-f", "mp3"],
        AudioFormat.Opus => ["-c:a", "libopus", "-b:a", sampleRate switch { <= 16_000 => "32k", <= 24_000 => "40k", _ => "64k" }, "-f", "ogg"],
        AudioFormat.Aac => ["-c:a", "aac", "-b:a", sampleRate switch { <= 12_000 => "32k", <= 24_000 => "64k", _ => "96k" }, "-f", "adts"],
        AudioFormat.Flac => ["-c:a", "flac", "-f", "flac"],
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, message: null),
    };
}
