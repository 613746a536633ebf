using System.Buffers;
using System.Security.Cryptography;

namespace VoiceFunctions.Audio;

/// <summary>Takes in what a caller sends and decodes it once, to know that it is audio, how long and how loud, before anyone is paid to listen to it.</summary>
public sealed class AudioInspector
{
    private const int SpoolBytes = 128 * 1024;
    private const int BlockFrames = 16 * 1024;

    private readonly TempFiles _files;
    private readonly AudioSources _sources;

    internal AudioInspector(TempFiles files, AudioSources sources) => (_files, _sources) = (files, sources);

    /// <summary>Reads <paramref name="body"/> to its end. What the body throws, when its sender goes away, passes through.</summary>
    /// <exception cref="AudioTooLargeException">More than <paramref name="maxBytes"/> came.</exception>
    /// <exception cref="AudioException">The bytes are empty, not audio, cut off, too long, or of a kind that cannot be read here.</exception>
    public async Task<InspectedAudio> InspectAsync(Stream body, long maxBytes, CancellationToken cancellationToken)
    {
        var original = _files.Create();
        TempFile? wav = null;
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var length = await SpoolAsync(body, original, maxBytes, cancellationToken, hash);
            if (length == 0) throw new AudioException(AudioFailure.Empty, "There is no audio: the body is empty.");
            var (container, start) = AudioSources.Detect(original);
            await using var source = await _sources.OpenAsync(original, container, start, _sources.Upload, cancellationToken);
            if (!source.IsPlainWav) wav = _files.Create();
            var meter = await DecodeAsync(source, wav, cancellationToken);
            if (meter.Samples == 0) throw new AudioException(AudioFailure.Undecodable, "The file holds no samples.");
            return new(original, wav, container, source.SampleRate, meter.Samples, meter.Levels, hash.GetHashAndReset());
        }
        catch
        {
            original.Dispose();
            wav?.Dispose();
            throw;
        }
    }

    internal static async Task<long> SpoolAsync(Stream body, TempFile file, long maxBytes, CancellationToken cancellationToken, IncrementalHash? hash = null)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(SpoolBytes);
        try
        {
            long length = 0;
            int read;
            while ((read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)) > 0)
            {
                if (length + read > maxBytes) throw new AudioTooLargeException(maxBytes);
                hash?.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), length, cancellationToken);
                length += read;
            }

            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<LevelMeter> DecodeAsync(AudioSource source, TempFile? wav, CancellationToken cancellationToken)
    {
        var meter = new LevelMeter();
        using var writer = wav is null ? null : new WavFileWriter(wav, source.SampleRate, InspectedAudio.WavSampleRate, BlockFrames);
        var block = ArrayPool<float>.Shared.Rent(BlockFrames);
        try
        {
            int frames;
            while ((frames = await source.ReadAsync(block.AsMemory(0, BlockFrames), cancellationToken)) > 0)
            {
                meter.Add(block.AsSpan(0, frames));
                if (writer is not null) await writer.WriteAsync(block.AsMemory(0, frames), cancellationToken);
            }

            if (writer is not null) await writer.CompleteAsync(cancellationToken);
            return meter;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(block);
        }
    }
}
