using Microsoft.Extensions.Options;

namespace VoiceFunctions.Audio;

/// <summary>Opens what was spooled to a file: plain WAV in process, everything else through ffmpeg.</summary>
internal sealed class AudioSources(Ffmpeg ffmpeg, FfmpegPlaces places, AudioCapabilities capabilities, IOptions<AudioOptions> options)
{
    /// <summary>For what a provider has made. Its bytes are bounded by whoever takes it in.</summary>
    public DecodeLimits Short { get; } = new(long.MaxValue, options.Value.MaxDecodedDuration, options.Value.DecodeTimeout, places.EnterAsync);

    /// <summary>For what a request carries and for a piece of a recording.</summary>
    public DecodeLimits Upload { get; } = new(long.MaxValue, options.Value.MaxDecodedDuration, options.Value.DecodeTimeout, places.EnterForUploadAsync);

    /// <summary>For a recording of a job.</summary>
    public DecodeLimits Long { get; } = new(DecodeLimits.MaxRecordingBytes, options.Value.MaxRecordingDuration, options.Value.RecordingTimeout);

    /// <exception cref="AudioException">The file is no audio that this installation can read.</exception>
    public async Task<AudioSource> OpenAsync(TempFile file, AudioContainer container, long start, DecodeLimits limits, CancellationToken cancellationToken)
    {
        if (container == AudioContainer.Unknown) throw new AudioException(AudioFailure.Undecodable, "The bytes are not audio of a kind that is known here.");
        var view = file.OpenRead();
        if (container == AudioContainer.Wav)
        {
            var wav = await WavReader.OpenAsync(view, cancellationToken);
            if (wav.Format.Encoding != WavEncoding.Foreign) return new(wav, limits.MaxDuration);
            wav.Dispose();
        }

        if (!capabilities.CanDecodeCompressed)
        {
            throw new AudioException(AudioFailure.UnsupportedFormat, "Only uncompressed WAV can be read here.");
        }

        CutFile.Refuse(view, container);
        var declared = DeclaredLength.Read(view, container, start);
        var place = limits.EnterAsync is { } enter ? await enter(cancellationToken) : null;
        var decoding = new FfmpegDecoding(ffmpeg, file.Path, container, limits.Timeout, place, cancellationToken);
        try
        {
            return new(await WavReader.OpenAsync(decoding.Output, cancellationToken), limits.MaxDuration, decoding, declared);
        }
        catch
        {
            await decoding.DisposeAsync();
            throw;
        }
    }

    /// <summary>What a spooled file is, looking behind ID3 tags of any size.</summary>
    public static (AudioContainer Container, long Start) Detect(TempFile file)
    {
        var head = new byte[AudioContainerDetector.HeadBytes];
        long start = 0;
        while (true)
        {
            var length = file.Read(head, start);
            var tag = AudioContainerDetector.Id3Length(head.AsSpan(0, length));
            if (tag == 0 || start + tag >= file.Length) return (AudioContainerDetector.Detect(head.AsSpan(0, length)), start);
            start += tag;
        }
    }

    /// <summary>The same of audio that lies elsewhere and can be read at any place.</summary>
    public static async Task<AudioContainer> DetectAsync(Stream audio, CancellationToken cancellationToken)
    {
        var head = new byte[AudioContainerDetector.HeadBytes];
        while (true)
        {
            var start = audio.Position;
            var length = await audio.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
            var tag = AudioContainerDetector.Id3Length(head.AsSpan(0, length));
            if (tag == 0 || start + tag >= audio.Length) return AudioContainerDetector.Detect(head.AsSpan(0, length));
            audio.Position = start + tag;
        }
    }
}
