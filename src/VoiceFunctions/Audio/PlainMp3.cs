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

    /// <summary>Bytes of the tag that old programs append.</summary>
    private const int Id3Version1Bytes = 128;

    /// <returns>The samples, without what the encoder says that it has added; <see langword="null"/> when the file is longer or not of this kind.</returns>
    /// <exception cref="AudioException">The file is cut off.</exception>
    public static PcmAudio? Decode(EncodedAudio file, TimeSpan longest)
    {
        if (Frames(file.Bytes.Span) is not (var first, var info, > 0 and var count)) return null;
        if (info?.Frames is { } declared && declared > count + 1)
        {
            throw new AudioException(AudioFailure.Undecodable, $"The audio is cut off: it declares {declared} frames and has {count}.");
        }

        if ((double)count * first.Samples / first.SampleRate > longest.TotalSeconds) return null;
        var samples = new float[count * first.Samples];
        if (!TryDecode(file, samples)) return null;
        var start = info is null ? 0 : Math.Min(info.Value.Delay + DecoderDelay, samples.Length);
        var end = Math.Max(samples.Length - Math.Max(info?.Padding - DecoderDelay ?? 0, 0), start);
        return new PcmAudio(samples.AsMemory(start..end), first.SampleRate);
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

    private static bool TryDecode(EncodedAudio file, float[] samples)
    {
        try
        {
            using var decoder = new MpegFile(file.OpenRead());
            var read = 0;
            int more;
            while (read < samples.Length && (more = decoder.ReadSamples(samples, read, samples.Length - read)) > 0) read += more;
            return read == samples.Length && decoder.Channels == 1;
        }
        catch (Exception)
        {
            // Frames that are whole and yet hold what no encoder writes: the decoder stumbles in many ways.
            return false;
        }
    }
}
