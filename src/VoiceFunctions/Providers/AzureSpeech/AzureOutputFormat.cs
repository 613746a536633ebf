using System.Buffers.Binary;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>A value of <c>X-Microsoft-OutputFormat</c> (https://learn.microsoft.com/azure/ai-services/speech-service/rest-text-to-speech, "Audio outputs"). <paramref name="BytesPerSecond"/> is known of formats with a constant rate, not of Opus.</summary>
internal sealed record AzureOutputFormat(string Header, AudioFormat Format, int SampleRate, double? BytesPerSecond)
{
    /// <summary>Neural voices speak at 24 kHz; other rates are made of it by the service.</summary>
    public const int OwnRate = 24_000;

    /// <summary>The rate asked for or the next one up that the format has; the layer above brings it to the exact one.</summary>
    /// <exception cref="ProviderException">The service has no such format.</exception>
    public static AzureOutputFormat Of(AudioFormat format, int? sampleRate)
    {
        var asked = sampleRate ?? OwnRate;
        switch (format)
        {
            case AudioFormat.Wav or AudioFormat.Pcm:
                var rate = Nearest(asked, 8_000, 16_000, 22_050, 24_000, 44_100, 48_000);
                var name = rate % 1000 == 0 ? $"{rate / 1000}khz" : $"{rate}hz";
                return new($"{(format is AudioFormat.Wav ? "riff" : "raw")}-{name}-16bit-mono-pcm", format, rate, rate * 2);
            case AudioFormat.Mp3:
                rate = Nearest(asked, 16_000, 24_000, 48_000);
                var kilobits = rate is 16_000 ? 64 : 96;
                return new($"audio-{rate / 1000}khz-{kilobits}kbitrate-mono-mp3", format, rate, kilobits * 1000 / 8);
            case AudioFormat.Opus:
                rate = Nearest(asked, 16_000, 24_000, 48_000);
                return new($"ogg-{rate / 1000}khz-16bit-mono-opus", format, rate, null);
            default:
                throw new ProviderException(AzureSpeechProvider.Name, ProviderFailureKind.InvalidRequest, $"The service does not make {format}.");
        }
    }

    /// <summary>Seconds of the audio as far as its size or its last page tells; <see langword="null"/> when that tells nothing.</summary>
    public double? Seconds(ReadOnlySpan<byte> audio)
    {
        if (BytesPerSecond is { } rate)
        {
            return audio.Length / rate;
        }

        // The last Ogg page counts the samples so far, at 48 kHz whatever went in (RFC 7845, section 4).
        var page = audio.LastIndexOf("OggS"u8);
        return page >= 0 && audio.Length >= page + 14 ? BinaryPrimitives.ReadInt64LittleEndian(audio[(page + 6)..]) / 48_000.0 : null;
    }

    private static int Nearest(int asked, params ReadOnlySpan<int> rates)
    {
        foreach (var rate in rates)
        {
            if (rate >= asked)
            {
                return rate;
            }
        }

        return rates[^1];
    }
}
