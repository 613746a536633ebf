using System.Buffers.Binary;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.Yandex;

/// <summary>
/// Audio as the synchronous API takes it (https://yandex.cloud/en/docs/speechkit/formats): bare 16-bit samples at 8, 16 or 48 kHz, or Opus in Ogg; one
/// channel. <see cref="Seconds"/> is <see langword="null"/> where the samples cannot be counted.
/// </summary>
internal sealed record YandexAudio(string Format, ReadOnlyMemory<byte> Bytes, int? SampleRate, double? Seconds)
{
    private const ushort Pcm = 1;
    private const ushort Extensible = 0xFFFE;

    /// <exception cref="ProviderException">The audio is in no form that Yandex takes.</exception>
    public static YandexAudio From(ReadOnlyMemory<byte> audio, AudioContainer container) => container switch
    {
        AudioContainer.Wav => FromWav(audio),
        AudioContainer.Ogg => FromOgg(audio),
        _ => throw YandexProvider.Refuse("The audio is in no container that Yandex takes."),
    };

    /// <summary>Chunks are walked, for others than <c>fmt </c> may stand before <c>data</c>; a size that the file does not have ends with the file.</summary>
    private static YandexAudio FromWav(ReadOnlyMemory<byte> wav)
    {
        var span = wav.Span;
        if (span.Length < 12 || !span.StartsWith("RIFF"u8) || !span[8..].StartsWith("WAVE"u8))
        {
            throw YandexProvider.Refuse("The audio is not WAV.");
        }

        int? sampleRate = null;
        for (var at = 12; at + 8 <= span.Length;)
        {
            var id = span.Slice(at, 4);
            var start = at + 8;
            var size = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(span[(at + 4)..]), (uint)(span.Length - start));
            if (id.SequenceEqual("fmt "u8))
            {
                sampleRate = RateOf(span.Slice(start, size));
            }
            else if (id.SequenceEqual("data"u8))
            {
                var bytes = wav.Slice(start, size & ~1);
                return bytes.Length is 0
                    ? throw YandexProvider.Refuse("There is no audio.")
                    : sampleRate is { } hertz
                        ? new YandexAudio("lpcm", bytes, hertz, bytes.Length / 2.0 / hertz)
                        : throw YandexProvider.Refuse("The WAV does not say what its samples are.");
            }

            // A chunk of odd size has a byte of padding behind it.
            at = start + size + (size & 1);
        }

        throw YandexProvider.Refuse("The WAV holds no samples.");
    }

    private static int RateOf(ReadOnlySpan<byte> format)
    {
        if (format.Length >= 16)
        {
            var tag = BinaryPrimitives.ReadUInt16LittleEndian(format);
            // In the extensible form the tag proper begins the sub-format at byte 24.
            var codec = tag is Extensible && format.Length >= 26 ? BinaryPrimitives.ReadUInt16LittleEndian(format[24..]) : tag;
            var channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
            var rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
            var bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
            if ((codec, channels, bits, rate) is (Pcm, 1, 16, 8_000 or 16_000 or 48_000))
            {
                return (int)rate;
            }
        }

        throw YandexProvider.Refuse("The WAV is not 16-bit PCM, mono, at 8, 16 or 48 kHz.");
    }

    /// <summary>The first page of Ogg Opus holds nothing but the identification header (RFC 7845, 3 and 5.1), whose tenth byte counts the channels.</summary>
    private static YandexAudio FromOgg(ReadOnlyMemory<byte> ogg)
    {
        const int Header = 28;
        var span = ogg.Span;
        return span.Length > Header + 9 && span.StartsWith("OggS"u8) && span[Header..].StartsWith("OpusHead"u8) && span[Header + 9] is 1
            ? new YandexAudio("oggopus", ogg, null, null)
            : throw YandexProvider.Refuse("The Ogg is not Opus with one channel.");
    }
}
