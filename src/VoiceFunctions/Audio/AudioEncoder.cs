using System.Runtime.InteropServices;
using CliWrap;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Audio;

/// <summary>Speech as a file in the format asked for: WAV and PCM in process, the others through ffmpeg.</summary>
public sealed class AudioEncoder
{
    private readonly Ffmpeg _ffmpeg;
    private readonly FfmpegPlaces _places;
    private readonly TempFiles _files;
    private readonly AudioCapabilities _capabilities;
    private readonly IOptions<AudioOptions> _options;

    internal AudioEncoder(Ffmpeg ffmpeg, FfmpegPlaces places, TempFiles files, AudioCapabilities capabilities, IOptions<AudioOptions> options) =>
        (_ffmpeg, _places, _files, _capabilities, _options) = (ffmpeg, places, files, capabilities, options);

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
            _ => await RunAsync(ToPcm(resampled), format, rate, cancellationToken),
        };
        return new(bytes, format, rate);
    }

    private static byte[] ToPcm(PcmAudio audio)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(checked(audio.Samples.Length * sizeof(short)));
        PcmConversion.ToInt16(audio.Samples.Span, MemoryMarshal.Cast<byte, short>(bytes.AsSpan()));
        return bytes;
    }

    private async Task<byte[]> RunAsync(byte[] pcm, AudioFormat format, int sampleRate, CancellationToken cancellationToken)
    {
        using var place = await _places.EnterAsync(cancellationToken);
        using var file = _files.Create();
        await FfmpegEncoding.RunAsync(_ffmpeg, PipeSource.FromBytes(pcm), format, sampleRate, file, _options.Value.EncodeTimeout, cancellationToken);
        var encoded = new byte[file.Length];
        return file.Read(encoded, 0) == encoded.Length ? encoded : throw new FfmpegException("ffmpeg's file could not be read.");
    }
}
