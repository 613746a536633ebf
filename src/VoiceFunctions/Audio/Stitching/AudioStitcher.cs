using System.Buffers;
using System.Runtime.InteropServices;
using CliWrap;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Audio.Stitching;

/// <summary>
/// Makes one file of the chunks of a long text. The samples are put together first and encoded once, so that there are no joints in what an encoder makes, and its
/// headers count the whole. Nothing is held in memory but a block.
/// </summary>
internal sealed class AudioStitcher(Ffmpeg ffmpeg, TempFiles files, AudioCapabilities capabilities, IOptions<AudioOptions> options)
{
    private const int BlockSamples = 32 * 1024;
    private const int HeadersAtOnce = 8;

    /// <param name="chunks">In order; at least one.</param>
    /// <param name="format">What to make. A WAV file of more than 4 GB gets the 64-bit header of RF64.</param>
    /// <param name="sampleRate">Hertz, of the chunks and of the whole.</param>
    /// <param name="destination">Where it goes. What was written before a failure is worth nothing.</param>
    /// <param name="cancellationToken">Ends the encoder.</param>
    /// <exception cref="StitchException">A chunk is missing, empty, cut off, damaged or of another kind.</exception>
    /// <exception cref="AudioException">The format cannot be written here.</exception>
    /// <exception cref="FfmpegException">ffmpeg failed or took too long.</exception>
    public async Task<StitchedAudio> StitchAsync(
        IReadOnlyList<ChunkAudio> chunks, AudioFormat format, int sampleRate, Stream destination, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(chunks.Count, nameof(chunks));
        if (!AudioFormats.Supports(format, sampleRate)) throw new ArgumentOutOfRangeException(nameof(sampleRate), sampleRate, $"{format} cannot carry this rate.");
        if (!capabilities.OutputFormats.Contains(format)) throw new AudioException(AudioFailure.UnsupportedFormat, $"The format {format} cannot be written here.");
        return format is AudioFormat.Wav or AudioFormat.Pcm
            ? await WriteAsync(chunks, format, sampleRate, destination, cancellationToken)
            : await EncodeAsync(chunks, format, sampleRate, destination, cancellationToken);
    }

    private static async Task<StitchedAudio> WriteAsync(
        IReadOnlyList<ChunkAudio> chunks, AudioFormat format, int sampleRate, Stream destination, CancellationToken cancellationToken)
    {
        var samples = await MeasureAsync(chunks, sampleRate, cancellationToken);
        var bytes = samples.Sum() * sizeof(short);
        if (format is AudioFormat.Wav)
        {
            var header = Wav.Header(sampleRate, bytes);
            await destination.WriteAsync(header, cancellationToken);
            bytes += header.Length;
        }

        var written = await CopyAsync(chunks, sampleRate, destination, cancellationToken);
        var changed = samples.Zip(written).ToList().FindIndex(pair => pair.First != pair.Second);
        return changed < 0 ? new StitchedAudio(samples, sampleRate, bytes) : throw new StitchException(changed, "it changed while it was read.");
    }

    private async Task<StitchedAudio> EncodeAsync(
        IReadOnlyList<ChunkAudio> chunks, AudioFormat format, int sampleRate, Stream destination, CancellationToken cancellationToken)
    {
        using var file = files.Create();
        long[]? samples = null;
        var source = PipeSource.Create(async (input, token) => samples = await CopyAsync(chunks, sampleRate, input, token));
        await FfmpegEncoding.RunAsync(ffmpeg, source, format, sampleRate, file, options.Value.StitchTimeout, cancellationToken);
        if (samples is null) throw new FfmpegException("ffmpeg ended before it had read everything.");
        await using var encoded = file.OpenRead();
        await encoded.CopyToAsync(destination, cancellationToken);
        return new StitchedAudio(samples, sampleRate, encoded.Length);
    }

    /// <summary>Reads every header, for the length stands before the samples and a bad chunk is better found before anything is written.</summary>
    private static async Task<long[]> MeasureAsync(IReadOnlyList<ChunkAudio> chunks, int sampleRate, CancellationToken cancellationToken)
    {
        var samples = new long[chunks.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = HeadersAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, chunks.Count, parallel, async (chunk, token) =>
        {
            await using var reader = await ChunkReader.OpenAsync(chunks[chunk], chunk, sampleRate, token);
            samples[chunk] = reader.Samples;
        });
        return samples;
    }

    private static async Task<long[]> CopyAsync(IReadOnlyList<ChunkAudio> chunks, int sampleRate, Stream target, CancellationToken cancellationToken)
    {
        var samples = new long[chunks.Count];
        var floats = ArrayPool<float>.Shared.Rent(BlockSamples);
        var bytes = ArrayPool<byte>.Shared.Rent(BlockSamples * sizeof(short));
        try
        {
            for (var chunk = 0; chunk < chunks.Count; chunk++)
            {
                await using var reader = await ChunkReader.OpenAsync(chunks[chunk], chunk, sampleRate, cancellationToken);
                samples[chunk] = reader.Samples;
                var reach = Joint.Reach(sampleRate, reader.Samples);
                await CopyPartAsync(reach, chunk > 0 ? Joint.FadeIn : null);
                for (var left = reader.Samples - (2 * reach); left > 0; left -= BlockSamples) await CopyPartAsync((int)Math.Min(left, BlockSamples), null);
                await CopyPartAsync(reach, chunk < chunks.Count - 1 ? Joint.FadeOut : null);

                async Task CopyPartAsync(int count, Action<Span<short>>? fade)
                {
                    var part = bytes.AsMemory(0, count * sizeof(short));
                    await reader.ReadAsync(floats.AsMemory(0, count), part, cancellationToken);
                    fade?.Invoke(MemoryMarshal.Cast<byte, short>(part.Span));
                    await target.WriteAsync(part, cancellationToken);
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(floats);
            ArrayPool<byte>.Shared.Return(bytes);
        }

        return samples;
    }
}
