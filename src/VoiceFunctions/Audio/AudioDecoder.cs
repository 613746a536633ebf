using System.Buffers;
using System.Runtime.CompilerServices;

namespace VoiceFunctions.Audio;

/// <summary>Audio of any container as blocks of mono floats, for engines that run here and for conversions.</summary>
public sealed class AudioDecoder
{
    private const int BlockFrames = 16 * 1024;

    private readonly TempFiles _files;
    private readonly AudioSources _sources;

    internal AudioDecoder(TempFiles files, AudioSources sources) => (_files, _sources) = (files, sources);

    /// <summary>
    /// Blocks in [-1, 1] at <paramref name="sampleRate"/> hertz. A block is only valid until the next is asked for. An <see cref="InspectedAudio"/> is
    /// read from what its inspection left, from the beginning and without moving it; any other stream is read from where it stands.
    /// </summary>
    /// <exception cref="AudioException">The bytes are empty, not audio, cut off, too long, or of a kind that cannot be read here.</exception>
    public IAsyncEnumerable<ReadOnlyMemory<float>> DecodeAsync(Stream audio, int sampleRate, CancellationToken cancellationToken) =>
        DecodeAsync(audio, sampleRate, _sources.Short, cancellationToken);

    /// <summary>The same for a recording of a job, within <see cref="AudioSources.Long"/>.</summary>
    /// <exception cref="AudioException">The bytes are empty, not audio, cut off, too long, or of a kind that cannot be read here.</exception>
    /// <exception cref="AudioTooLargeException">More bytes came than a job takes.</exception>
    internal IAsyncEnumerable<ReadOnlyMemory<float>> DecodeLongAsync(Stream audio, int sampleRate, CancellationToken cancellationToken) =>
        DecodeAsync(audio, sampleRate, _sources.Long, cancellationToken);

    private async IAsyncEnumerable<ReadOnlyMemory<float>> DecodeAsync(
        Stream audio, int sampleRate, DecodeLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var spool = audio is InspectedAudio ? null : _files.Create();
        await using var source = await OpenAsync(audio, spool, limits, cancellationToken);
        var resampler = new Resampler(source.SampleRate, sampleRate);
        var block = ArrayPool<float>.Shared.Rent(BlockFrames);
        var resampled = ArrayPool<float>.Shared.Rent(resampler.MaxOutput(BlockFrames));
        try
        {
            int frames;
            do
            {
                frames = await source.ReadAsync(block.AsMemory(0, BlockFrames), cancellationToken);
                var written = frames > 0 ? resampler.Process(block.AsSpan(0, frames), resampled) : resampler.Flush(resampled);
                if (written > 0) yield return resampled.AsMemory(0, written);
            }
            while (frames > 0);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(block);
            ArrayPool<float>.Shared.Return(resampled);
        }
    }

    /// <summary>The whole of short audio at once, at <paramref name="sampleRate"/> hertz.</summary>
    /// <exception cref="AudioException">The bytes are empty, not audio, cut off, or of a kind that cannot be read here.</exception>
    public async Task<PcmAudio> DecodeWholeAsync(Stream audio, int sampleRate, CancellationToken cancellationToken)
    {
        var samples = new float[BlockFrames];
        var count = 0;
        await foreach (var block in DecodeAsync(audio, sampleRate, cancellationToken))
        {
            if (count + block.Length > samples.Length) Array.Resize(ref samples, Math.Max(count + block.Length, checked(samples.Length * 2)));
            block.CopyTo(samples.AsMemory(count));
            count += block.Length;
        }

        return new(samples.AsMemory(0, count), sampleRate);
    }

    private async Task<AudioSource> OpenAsync(Stream audio, TempFile? spool, DecodeLimits limits, CancellationToken cancellationToken)
    {
        if (audio is InspectedAudio inspected) return new(await WavReader.OpenAsync(inspected.OpenDecoded(), cancellationToken), TimeSpan.MaxValue);
        if (await AudioInspector.SpoolAsync(audio, spool!, limits.MaxBytes, cancellationToken) == 0)
        {
            throw new AudioException(AudioFailure.Empty, "There is no audio.");
        }

        var (container, start) = AudioSources.Detect(spool!);
        return await _sources.OpenAsync(spool!, container, start, limits, cancellationToken);
    }
}
