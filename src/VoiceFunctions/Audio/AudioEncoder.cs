using System.Runtime.InteropServices;
using CliWrap;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Audio;

/// <summary>Speech as a file in the format asked for: WAV and PCM in process, the others through ffmpeg.</summary>
public sealed class AudioEncoder
{
    private readonly Ffmpeg _ffmpeg;
    private readonly TempFiles _files;
    private readonly AudioCapabilities _capabilities;
    private readonly IOptions<AudioOptions> _options;

    internal AudioEncoder(Ffmpeg ffmpeg, TempFiles files, AudioCapabilities capabilities, IOptions<AudioOptions> options) =>
        (_ffmpeg, _files, _capabilities, _options) = (ffmpeg, files, capabilities, options);

    /// <param name="audio">At least one sample.</param>
    /// <param name="format">What to make.</param>
    /// <param name="sampleRate">Hertz; by default the lowest rate of the format that loses nothing.</param>
    /// <param name="cancellationToken">Ends the encoder.</param>
    /// <exception cref="ArgumentException">
    /// There are no samples, or the format cannot carry the rate asked for (<see cref="AudioFormats.Supports"/>).
    /// </exception>
    /// <exception cref="AudioException">The format cannot be written here.</exception>
    /// <exception cref="FfmpegException">ffmpeg failed or took too long.</exception>
    public async Task<EncodedAudio> EncodeAsync(PcmAudio audio, AudioFormat format, int? sampleRate, CancellationToken cancellationToken)
    {
        if (audio.Samples.IsEmpty) throw new ArgumentException("There are no samples to encode.", nameof(audio));
        if (!_capabilities.OutputFormats.Contains(format))
        {
            throw new AudioException(AudioFailure.UnsupportedFormat, $"The format {format} cannot be written here.");
        }

        var rate = sampleRate ?? AudioFormats.RateFor(format, audio.SampleRate);
        if (!AudioFormats.Supports(format, rate)) throw new ArgumentOutOfRangeException(nameof(sampleRate), sampleRate, $"{format} cannot carry this rate.");

        var resampled = Resampler.Resample(audio, rate);
        var bytes = format switch
        {
            AudioFormat.Wav => Wav.Write(resampled),
            AudioFormat.Pcm => ToPcm(resampled),
            _ => await RunAsync(ToPcm(resampled), Arguments(format, rate), rate, cancellationToken),
        };
        return new(bytes, format, rate);
    }

    /// <summary>
    /// Bit rates for one voice. AAC carries at most 6144 bits in a frame of 1024 samples (ISO/IEC 13818-7, 8.2.2), which is 48 kbit/s at 8 kHz; 32 for
    /// speech in Opus is far above where listeners hear a difference (RFC 7587, section 3.1.1: 16-20 kbit/s wide band, 28-40 full band).
    /// </summary>
    private static string[] Arguments(AudioFormat format, int sampleRate) => format switch
    {
        AudioFormat.Mp3 => ["-c:a", "libmp3lame", "-b:a", sampleRate switch { <= 24_000 => "64k", <= 32_000 => "96k", _ => "128k" }, "-f", "mp3"],
        AudioFormat.Opus => ["-c:a", "libopus", "-b:a", sampleRate switch { <= 16_000 => "32k", <= 24_000 => "40k", _ => "64k" }, "-f", "ogg"],
        AudioFormat.Aac => ["-c:a", "aac", "-b:a", sampleRate switch { <= 12_000 => "32k", <= 24_000 => "64k", _ => "96k" }, "-f", "adts"],
        AudioFormat.Flac => ["-c:a", "flac", "-f", "flac"],
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, message: null),
    };

    private static byte[] ToPcm(PcmAudio audio)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(checked(audio.Samples.Length * sizeof(short)));
        PcmConversion.ToInt16(audio.Samples.Span, MemoryMarshal.Cast<byte, short>(bytes.AsSpan()));
        return bytes;
    }

    /// <summary>
    /// The result goes through a file, since MP3 and FLAC put their length into their beginning at the end. Nothing in it tells when and by what it was
    /// made: the same samples give the same bytes.
    /// </summary>
    private async Task<byte[]> RunAsync(byte[] pcm, string[] encoder, int sampleRate, CancellationToken cancellationToken)
    {
        using var file = _files.Create();
        string[] input = ["-f", "s16le", "-ar", $"{sampleRate}", "-ac", "1", "-i", "pipe:0"];
        string[] reproducible = ["-threads", "1", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"];
        string[] arguments = [.. input, .. reproducible, .. encoder, "-y", $"file:{file.Path}"];
        int exitCode;
        try
        {
            exitCode = await _ffmpeg.RunAsync(arguments, PipeSource.FromBytes(pcm), PipeTarget.Null, _options.Value.EncodeTimeout, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new FfmpegException(exception.Message, exception);
        }

        if (exitCode != 0) throw new FfmpegException($"ffmpeg ended with {exitCode}.");
        var encoded = new byte[file.Length];
        if (encoded.Length == 0 || file.Read(encoded, 0) != encoded.Length) throw new FfmpegException("ffmpeg wrote no audio.");
        return encoded;
    }
}
