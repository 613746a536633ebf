using VoiceFunctions.Audio;

namespace VoiceFunctions.Tests.Audio;

public sealed class AudioEncoderTests(AudioLab lab) : IClassFixture<AudioLab>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<AudioFormat, int> EveryRate()
    {
        var data = new TheoryData<AudioFormat, int>();
        foreach (var format in Enum.GetValues<AudioFormat>())
        {
            var rates = AudioFormats.SupportedRates(format);
            foreach (var rate in rates.Count > 0 ? rates : [8000, 11111, 16000, 24000, 44100, 48000]) data.Add(format, rate);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryRate))]
    public async Task EncodeAsync_EveryFormatAndRate_DecodesToTheSameAudio(AudioFormat format, int rate)
    {
        var original = Sounds.Chirp(1.5, 24000);

        var encoded = await lab.Encoder.EncodeAsync(original, format, rate, Token);

        Assert.Equal(format, encoded.Format);
        Assert.Equal(rate, encoded.SampleRate);
        var file = format == AudioFormat.Pcm ? Pcm(encoded) : encoded.Bytes.ToArray();
        await using var inspected = await lab.Inspector.InspectAsync(new MemoryStream(file), long.MaxValue, Token);
        Assert.Equal(Container(format), inspected.Container);

        // A lossy codec adds its delay and fills its last frame: at most four frames of 1152 samples.
        var padding = format is AudioFormat.Wav or AudioFormat.Pcm or AudioFormat.Flac ? 1.0 / rate : 4 * 1152.0 / rate;
        Assert.InRange(inspected.Duration.TotalSeconds, 1.5 - (1.0 / rate), 1.5 + padding);

        // ADTS alone cannot say that its first frame of 1024 samples is the encoder's delay.
        var decoded = await lab.Decoder.DecodeWholeAsync(new MemoryStream(file), rate, Token);
        var delay = format == AudioFormat.Aac ? 1024 : 0;
        var likeness = Sounds.Correlation(Resampler.Resample(original, rate).Samples.Span, decoded.Samples.Span, delay - 2, delay + 2);
        Assert.True(likeness > 0.98, $"{likeness}");
    }

    [Theory]
    [InlineData(AudioFormat.Mp3, 22050, 22050)]
    [InlineData(AudioFormat.Mp3, 22051, 24000)]
    [InlineData(AudioFormat.Opus, 22050, 24000)]
    [InlineData(AudioFormat.Opus, 44100, 48000)]
    [InlineData(AudioFormat.Opus, 96000, 48000)]
    [InlineData(AudioFormat.Wav, 22050, 22050)]
    [InlineData(AudioFormat.Pcm, 4000, 8000)]
    public async Task EncodeAsync_NoRateAskedFor_TakesTheLowestThatLosesNothing(AudioFormat format, int own, int expected)
    {
        var encoded = await lab.Encoder.EncodeAsync(Sounds.Chirp(0.2, own), format, null, Token);

        Assert.Equal(expected, encoded.SampleRate);
    }

    [Theory]
    [InlineData(AudioFormat.Opus, 22050)]
    [InlineData(AudioFormat.Mp3, 9000)]
    [InlineData(AudioFormat.Wav, 7999)]
    [InlineData(AudioFormat.Flac, 48001)]
    public async Task EncodeAsync_RateTheFormatCannotCarry_Throws(AudioFormat format, int rate) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => lab.Encoder.EncodeAsync(Sounds.Chirp(0.2, 16000), format, rate, Token));

    [Theory]
    [InlineData(AudioFormat.Wav)]
    [InlineData(AudioFormat.Mp3)]
    public async Task EncodeAsync_NoSamples_Throws(AudioFormat format) =>
        await Assert.ThrowsAsync<ArgumentException>(() => lab.Encoder.EncodeAsync(new PcmAudio(default, 16000), format, null, Token));

    [Theory]
    [InlineData(AudioFormat.Mp3)]
    [InlineData(AudioFormat.Opus)]
    [InlineData(AudioFormat.Aac)]
    [InlineData(AudioFormat.Flac)]
    public async Task EncodeAsync_SameSamplesTwice_SameBytesAndNothingLeftBehind(AudioFormat format)
    {
        var audio = Sounds.Chirp(0.5, 24000);

        var first = await lab.Encoder.EncodeAsync(audio, format, null, Token);
        var second = await lab.Encoder.EncodeAsync(audio, format, null, Token);

        Assert.True(first.Bytes.Span.SequenceEqual(second.Bytes.Span));
        Assert.Empty(lab.TempFiles());
    }

    [Fact]
    public async Task EncodeAsync_Mp3_DeclaresItsLength()
    {
        var encoded = await lab.Encoder.EncodeAsync(Sounds.Chirp(2, 24000), AudioFormat.Mp3, null, Token);

        using var stream = new MemoryStream(encoded.Bytes.ToArray());
        var start = AudioContainerDetector.Id3Length(encoded.Bytes.Span);
        var declared = DeclaredLength.Read(stream, AudioContainer.Mp3, start);
        Assert.InRange(Assert.NotNull(declared).Duration.TotalSeconds, 2, 2.2);
    }

    [Fact]
    public async Task EncodeAsync_Flac_DeclaresItsLengthToTheSample()
    {
        var audio = Sounds.Chirp(1.2345, 24000);

        var encoded = await lab.Encoder.EncodeAsync(audio, AudioFormat.Flac, null, Token);

        var declared = DeclaredLength.Read(new MemoryStream(encoded.Bytes.ToArray()), AudioContainer.Flac, 0);
        Assert.Equal(audio.Duration, Assert.NotNull(declared).Duration);
    }

    private static byte[] Pcm(EncodedAudio encoded)
    {
        var wav = new byte[Wav.HeaderBytes + encoded.Bytes.Length];
        Wav.WriteHeader(wav, encoded.SampleRate, encoded.Bytes.Length);
        encoded.Bytes.CopyTo(wav.AsMemory(Wav.HeaderBytes));
        return wav;
    }

    private static AudioContainer Container(AudioFormat format) => format switch
    {
        AudioFormat.Mp3 => AudioContainer.Mp3,
        AudioFormat.Opus => AudioContainer.Ogg,
        AudioFormat.Aac => AudioContainer.Adts,
        AudioFormat.Flac => AudioContainer.Flac,
        _ => AudioContainer.Wav,
    };
}
