using System.Buffers.Binary;

namespace VoiceFunctions.Testing;

/// <summary>Audio made in the process: 16-bit mono PCM, WAV around it, and MP3 frames that hold silence.</summary>
public static class AudioSamples
{
    /// <summary>Seconds that a loopback server takes for a character: about the pace of a reader.</summary>
    public const double SecondsPerCharacter = 0.06;

    /// <summary>What a loopback server says when a test passes no audio of its own: WAV or PCM, as long as the text would take.</summary>
    public static byte[] Speak(string text, string format, int sampleRate, bool silent)
    {
        var seconds = Math.Max(0.3, text.Length * SecondsPerCharacter);
        var samples = silent ? new short[(int)(seconds * sampleRate)] : SpeechLike(seconds, sampleRate);
        return format switch
        {
            "pcm" => Pcm(samples),
            "wav" => Wav(samples, sampleRate),
            _ => throw new NotSupportedException($"The test passes no audio in {format}."),
        };
    }

    /// <summary>A sine at half of full scale.</summary>
    public static short[] Tone(double seconds, int sampleRate, double hertz = 440) =>
        [.. Enumerable.Range(0, (int)(seconds * sampleRate)).Select(i => (short)(16_000 * Math.Sin(2 * Math.PI * hertz * i / sampleRate)))];

    /// <summary>Harmonics of a voice's pitch in syllables of a fifth of a second with short gaps: loudness and pauses as in speech, the same on every call.</summary>
    public static short[] SpeechLike(double seconds, int sampleRate)
    {
        var samples = new short[(int)(seconds * sampleRate)];
        for (var i = 0; i < samples.Length; i++)
        {
            var t = (double)i / sampleRate;
            var loudness = Math.Max(0, Math.Sin(2 * Math.PI * 2.5 * t + 0.3));
            var pitch = 2 * Math.PI * (120 + 15 * Math.Sin(2 * Math.PI * 0.7 * t)) * t;
            samples[i] = (short)(9_000 * loudness * (Math.Sin(pitch) + 0.6 * Math.Sin(2 * pitch) + 0.4 * Math.Sin(5 * pitch)));
        }

        return samples;
    }

    public static byte[] Pcm(ReadOnlySpan<short> samples)
    {
        var bytes = new byte[samples.Length * 2];
        for (var i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * 2), samples[i]);
        }

        return bytes;
    }

    /// <summary>RIFF WAVE, 16 bit, mono. <paramref name="streamed"/> writes 0xFFFFFFFF for both sizes, as servers do that start before they know.</summary>
    public static byte[] Wav(ReadOnlySpan<short> samples, int sampleRate, bool streamed = false)
    {
        var bytes = new byte[44 + samples.Length * 2];
        "RIFF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), streamed ? uint.MaxValue : (uint)bytes.Length - 8);
        "WAVEfmt "u8.CopyTo(bytes.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), 16);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(20), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(22), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), (uint)sampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(28), (uint)sampleRate * 2);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(32), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(34), 16);
        "data"u8.CopyTo(bytes.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(40), streamed ? uint.MaxValue : (uint)samples.Length * 2);
        Pcm(samples).CopyTo(bytes, 44);
        return bytes;
    }

    public static byte[] SilentWav(double seconds, int sampleRate) => Wav(new short[(int)(seconds * sampleRate)], sampleRate);

    /// <summary>MPEG-1 Layer III, 128 kbit/s, 44.1 kHz, mono, each frame 26 ms: side information of zeros decodes to silence (ISO/IEC 11172-3, 2.4.1).</summary>
    public static byte[] SilentMp3(int frames)
    {
        const int FrameBytes = 417;
        var bytes = new byte[frames * FrameBytes];
        for (var i = 0; i < frames; i++)
        {
            ReadOnlySpan<byte> header = [0xFF, 0xFB, 0x90, 0xC4];
            header.CopyTo(bytes.AsSpan(i * FrameBytes));
        }

        return bytes;
    }
}
