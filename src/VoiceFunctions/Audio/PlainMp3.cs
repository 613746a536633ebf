using System.Buffers;
using NLayer;

namespace VoiceFunctions.Audio;

/// <summary>
/// Reads in this process the MP3 that speech providers send: mono frames of MPEG-1 or 2, one behind the other. ffmpeg would take ten times as long, most of it to
/// start. What is out of the ordinary is left to ffmpeg, and so is what strangers upload, which is better parsed in a process of its own.
/// </summary>
internal static class PlainMp3
{
    /// <summary>Hertz. Below are the rates of MPEG-2.5, which the decoder gets wrong.</summary>
    private const int LowestRate = 16_000;

    /// <summary>Samples by which any decoder is late.</summary>
    private const int DecoderDelay = 529;

    private const int BlockFrames = 16 * 1024;

    /// <summary>Longer than any text that a call takes, and half a second of a processor.</summary>
    private const int LongestSeconds = 10 * 60;

    /// <summary>Bytes of the tag that old programs append.</summary>
    private const int Id3Version1Bytes = 128;

    /// <returns>The samples, without what the encoder says that it has added; <see langword="null"/> when the file is longer or not of this kind.</returns>
    /// <exception cref="AudioException">The file is cut off.</exception>
    public static PcmAudio? Decode(EncodedAudio file, CancellationToken cancellationToken)
    {
        if (Find(file) is not { } sound) return null;
        var samples = new float[sound.Length];
        var count = 0;
        return TryRead(file, sound, block =>
        {
            block.CopyTo(samples.AsSpan(count));
            count += block.Length;
        }, cancellationToken)
            ? new PcmAudio(samples, sound.SampleRate)
            : null;
    }

    /// <summary>The same look at the file, without keeping its samples.</summary>
    /// <exception cref="AudioException">The file is cut off.</exception>
    public static MeasuredAudio? Measure(EncodedAudio file, CancellationToken cancellationToken)
    {
        var meter = new LevelMeter();
        return Find(file) is { } sound && TryRead(file, sound, meter.Add, cancellationToken) ? new MeasuredAudio(sound.SampleRate, meter.Samples, meter.Levels) { File = file.Bytes } : null;
    }

    private static Sound? Find(EncodedAudio file)
    {
        if (Frames(file.Bytes.Span) is not (var first, var info, > 0 and var count)) return null;
        if (info?.Frames is { } declared && declared > count + 1)
        {
            throw new AudioException(AudioFailure.Undecodable, $"The audio is cut off: it declares {declared} frames and has {count}.");
        }

        var decoded = (long)count * first.Samples;
        if (decoded / first.SampleRate > LongestSeconds) return null;
        var skip = info is null ? 0 : (int)Math.Min(info.Value.Delay + DecoderDelay, decoded);
        var padding = Math.Max(info?.Padding - DecoderDelay ?? 0, 0);
        return new Sound(first.SampleRate, decoded, skip, (int)Math.Max(decoded - skip - padding, 0));
    }

    /// <summary>The first frame, what it says of the others if it is there for that, and how many hold sound.</summary>
    private static (MpegFrame First, XingHeader? Info, int Count)? Frames(ReadOnlySpan<byte> file)
    {
        for (var tag = AudioContainerDetector.Id3Length(file); tag > 0; tag = AudioContainerDetector.Id3Length(file))
        {
            if (tag > file.Length) return null;
            file = file[(int)tag..];
        }

        if (MpegFrame.Parse(file) is not { Mono: true, SampleRate: >= LowestRate } first) return null;
        var info = XingHeader.Parse(file, first);
        var count = info is null ? 0 : -1;
        for (; MpegFrame.Parse(file) is { } frame && frame.Kind == first.Kind && frame.Mono; file = file[frame.Bytes..], count++)
        {
            if (frame.Bytes > file.Length) throw CutOff();
        }

        if (file is [0xFF, ..] && file.Length < MpegFrame.HeaderBytes) throw CutOff();
        return file.IsEmpty || (file.Length == Id3Version1Bytes && file.StartsWith("TAG"u8)) ? (first, info, count) : null;
    }

    private static AudioException CutOff() => new(AudioFailure.Undecodable, "The audio is cut off: its last frame is not whole.");

    private static bool TryRead(EncodedAudio file, Sound sound, Action<ReadOnlySpan<float>> take, CancellationToken cancellationToken)
    {
        var block = ArrayPool<float>.Shared.Rent(BlockFrames);
        try
        {
            using var decoder = new MpegFile(file.OpenRead());
            if (decoder.Channels != 1) return false;
            long decoded = 0;
            for (int read; (read = decoder.ReadSamples(block, 0, BlockFrames)) > 0; decoded += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var from = (int)Math.Clamp(sound.Skip - decoded, 0, read);
                var to = (int)Math.Clamp(sound.Skip + sound.Length - decoded, from, read);
                take(block.AsSpan(from..to));
            }

            return decoded == sound.Decoded;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Frames that are whole and yet hold what no encoder writes: the decoder stumbles in many ways.
            return false;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(block);
        }
    }

    /// <param name="SampleRate">Hertz.</param>
    /// <param name="Decoded">Samples that all frames give.</param>
    /// <param name="Skip">Samples before the sound.</param>
    /// <param name="Length">Samples of it.</param>
    private sealed record Sound(int SampleRate, long Decoded, int Skip, int Length);
}
