using CliWrap;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Tests.Audio;

public sealed class WavReaderTests
{
    private const int Pcm = 1;
    private const int Float = 3;
    private const int Extensible = 0xFFFE;

    private static readonly byte[] Mono16 = WavBuilder.Format(Pcm, 1, 16000, 16);

    public static TheoryData<string, int, int, int, bool> EveryLayout()
    {
        var data = new TheoryData<string, int, int, int, bool>();
        foreach (var (encoding, tag, bits) in (IEnumerable<(WavEncoding, int, int)>)[
            (WavEncoding.Unsigned8, Pcm, 8), (WavEncoding.Signed16, Pcm, 16), (WavEncoding.Signed24, Pcm, 24),
            (WavEncoding.Signed32, Pcm, 32), (WavEncoding.Float32, Float, 32), (WavEncoding.Float64, Float, 64)])
        {
            foreach (var channels in (IEnumerable<int>)[1, 2, 3, 6, 32])
            {
                data.Add(encoding.ToString(), tag, bits, channels, false);
                data.Add(encoding.ToString(), tag, bits, channels, true);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryLayout))]
    public void Parse_EveryLayout_AveragesTheChannels(string encodingName, int tag, int bits, int channels, bool extensible)
    {
        const int Frames = 1003;
        var encoding = Enum.Parse<WavEncoding>(encodingName);
        var random = new Random(channels + bits);
        var interleaved = new double[Frames * channels];
        for (var i = 0; i < interleaved.Length; i++) interleaved[i] = (random.NextDouble() * 1.9) - 0.95;
        var format = extensible
            ? WavBuilder.Format(Extensible, channels, 22050, bits, length: 40, subFormat: tag)
            : WavBuilder.Format(tag, channels, 22050, bits);

        var audio = Wav.Parse(new WavBuilder().Chunk("fmt ", format).Chunk("data", WavBuilder.Samples(encoding, interleaved)).Build());

        Assert.Equal(22050, audio.SampleRate);
        Assert.Equal(Frames, audio.Samples.Length);
        var step = bits <= 24 ? 1.0 / (1L << (bits - 1)) : 1e-6;
        for (var frame = 0; frame < Frames; frame++)
        {
            var expected = interleaved.AsSpan(frame * channels, channels).ToArray().Average();
            Assert.InRange(audio.Samples.Span[frame], expected - step, expected + step);
        }
    }

    [Fact]
    public void WriteAndParse_SixteenBits_ComeBackUnchanged()
    {
        var all = new float[65536];
        for (var i = 0; i < all.Length; i++) all[i] = (short)(i - 32768) / 32768f;

        var audio = Wav.Parse(Wav.Write(new PcmAudio(all, 8000)));

        Assert.Equal(8000, audio.SampleRate);
        Assert.True(audio.Samples.Span.SequenceEqual(all));
    }

    [Fact]
    public void Write_BeyondFullScaleAndNotANumber_ClampsAndSilences()
    {
        float[] samples = [2f, -2f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0.5f];
        for (var length = 1; length <= 64; length++)
        {
            var repeated = new float[length];
            for (var i = 0; i < length; i++) repeated[i] = samples[i % samples.Length];

            var back = Wav.Parse(Wav.Write(new PcmAudio(repeated, 16000))).Samples.Span;

            float[] expected = [32767 / 32768f, -1, 0, 32767 / 32768f, -1, 0.5f];
            for (var i = 0; i < length; i++) Assert.Equal(expected[i % expected.Length], back[i]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Parse_FloatsThatAreNoAudio_AreTamed(int channels)
    {
        double[] wild = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e30, 0.25];
        var interleaved = Enumerable.Repeat(wild, 7).SelectMany(frames => frames).SelectMany(frame => Enumerable.Repeat(frame, channels)).ToArray();
        var samples = WavBuilder.Samples(WavEncoding.Float32, interleaved);

        var audio = Wav.Parse(new WavBuilder().Chunk("fmt ", WavBuilder.Format(Float, channels, 16000, 32)).Chunk("data", samples).Build());

        float[] expected = [0, 1, -1, 1, 0.25f];
        for (var i = 0; i < audio.Samples.Length; i++) Assert.Equal(expected[i % 5], audio.Samples.Span[i]);
    }

    [Theory]
    [InlineData(7, 0xFF, 0)]
    [InlineData(7, 0x80, 32124)]
    [InlineData(7, 0x00, -32124)]
    [InlineData(7, 0xEF, 132)]
    [InlineData(6, 0xD5, 8)]
    [InlineData(6, 0x55, -8)]
    [InlineData(6, 0xAA, 32256)]
    [InlineData(6, 0x2A, -32256)]
    public void Parse_G711_GivesTheTablesValues(int tag, byte code, int expected)
    {
        var audio = Wav.Parse(new WavBuilder().Chunk("fmt ", WavBuilder.Format(tag, 1, 8000, 8)).Chunk("data", [code, code]).Build());

        Assert.Equal(expected / 32768f, audio.Samples.Span[1]);
    }

    [Fact]
    public void Parse_OddAndUnknownChunksAround_AreSkipped()
    {
        var audio = Wav.Parse(new WavBuilder().Chunk("junk", new byte[3]).Chunk("LIST", new byte[100_001])
            .Chunk("fmt ", WavBuilder.Format(Pcm, 1, 16000, 16, length: 18)).Chunk("fact", new byte[4])
            .Chunk("data", [1, 0, 2, 0]).Chunk("id3 ", new byte[77]).Build());

        Assert.Equal([1 / 32768f, 2 / 32768f], audio.Samples.ToArray());
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(36u, 0u)]
    [InlineData(0xFFFFFFFFu, 0u)]
    [InlineData(0xFFFFFFFFu, 0xFFFFFFFFu)]
    [InlineData(0u, 0xFFFFFFFFu)]
    [InlineData(0x7FFFF024u, 0x7FFFF000u)]
    [InlineData(0x80000024u, 0x80000000u)]
    [InlineData(0xFFFFFFFFu, 0xFFFFFFDBu)]
    public void Parse_SizeThatTheWriterCouldNotKnow_ReadsToTheEnd(uint riffSize, uint dataSize)
    {
        var wav = new WavBuilder { RiffSize = riffSize }.Chunk("fmt ", Mono16).Chunk("data", [1, 0, 2, 0, 3, 0], dataSize).Build();

        Assert.Equal(3, Wav.Parse(wav).Samples.Length);
        Assert.Equal(2, Wav.Parse(wav.AsMemory(0, wav.Length - 1)).Samples.Length);
    }

    [Fact]
    public void Parse_NoSamplesButMoreChunks_HasNoSamples()
    {
        var audio = Wav.Parse(new WavBuilder().Chunk("fmt ", Mono16).Chunk("data", []).Chunk("LIST", new byte[400]).Build());

        Assert.Equal(0, audio.Samples.Length);
    }

    [Fact]
    public void Parse_Rf64_TakesTheSizeFromDs64()
    {
        var ds64 = new byte[28];
        BitConverter.GetBytes(6L).CopyTo(ds64, 8);
        var wav = new WavBuilder { Kind = "RF64", RiffSize = uint.MaxValue }.Chunk("ds64", ds64).Chunk("fmt ", Mono16)
            .Chunk("data", [1, 0, 2, 0, 3, 0], uint.MaxValue).Chunk("LIST", new byte[40]).Build();

        Assert.Equal(3, Wav.Parse(wav).Samples.Length);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(2)]
    [InlineData(0)]
    public void Parse_FewerBytesThanPromised_SaysBoth(int present)
    {
        var wav = new WavBuilder().Chunk("fmt ", Mono16).Chunk("data", new byte[present], 12_346).Build();

        var exception = Assert.Throws<AudioException>(() => Wav.Parse(wav));

        Assert.Equal(AudioFailure.Undecodable, exception.Failure);
        Assert.Contains("12346", exception.Message, StringComparison.Ordinal);
        Assert.Contains($" {present} ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_CutStreamThatCannotSeek_ThrowsAtItsEnd()
    {
        var wav = new WavBuilder().Chunk("fmt ", Mono16).Chunk("data", new byte[200_000], 300_000).Build();

        var exception = await Assert.ThrowsAsync<AudioException>(async () => await Wav.ReadAsync(new TrickleStream(wav, 777), CancellationToken.None));

        Assert.Contains("200000", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_WhatEspeakStreams_IsReadToItsEnd()
    {
        using var output = new MemoryStream();
        await Cli.Wrap("espeak-ng").WithArguments(["-b", "1", "--stdin", "--stdout"]).WithStandardInputPipe(PipeSource.FromString("Ten of clubs."))
            .WithStandardOutputPipe(PipeTarget.ToStream(output)).ExecuteAsync(TestContext.Current.CancellationToken);
        output.Position = 0;

        var audio = await Wav.ReadAsync(output, TestContext.Current.CancellationToken);

        Assert.Equal(22050, audio.SampleRate);
        Assert.Equal((output.Length - Wav.HeaderBytes) / 2, audio.Samples.Length);
        Assert.False(AudioLevels.Measure(audio.Samples.Span).IsSilent);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task ReadAsync_StreamInPieces_GivesTheSame(int piece)
    {
        var wav = Wav.Write(Sounds.Chirp(0.3, 22050));

        var audio = await Wav.ReadAsync(new TrickleStream(wav, piece), CancellationToken.None);

        Assert.True(audio.Samples.Span.SequenceEqual(Wav.Parse(wav).Samples.Span));
    }

    public static TheoryData<string, byte[]> Hostile() => new()
    {
        { "nothing", [] },
        { "only RIFF", "RIFF"u8.ToArray() },
        { "no chunks", new WavBuilder().Build() },
        { "no format", new WavBuilder().Chunk("data", new byte[100]).Build() },
        { "no data", new WavBuilder().Chunk("fmt ", Mono16).Build() },
        { "no channels", new WavBuilder().Chunk("fmt ", WavBuilder.Format(Pcm, 0, 16000, 16)).Chunk("data", new byte[100]).Build() },
        { "33 channels", new WavBuilder().Chunk("fmt ", WavBuilder.Format(Pcm, 33, 16000, 16)).Chunk("data", new byte[66]).Build() },
        { "rate 0", new WavBuilder().Chunk("fmt ", WavBuilder.Format(Pcm, 1, 0, 16)).Chunk("data", new byte[100]).Build() },
        { "rate 384001", new WavBuilder().Chunk("fmt ", WavBuilder.Format(Pcm, 1, 384_001, 16)).Chunk("data", new byte[100]).Build() },
        { "rate 4 GHz", new WavBuilder().Chunk("fmt ", WavBuilder.Format(Pcm, 1, uint.MaxValue, 16)).Chunk("data", new byte[100]).Build() },
        { "block align 0", new WavBuilder().Chunk("fmt ", WavBuilder.Format(Pcm, 1, 16000, 16, blockAlign: 0)).Chunk("data", new byte[100]).Build() },
        { "block align 3", new WavBuilder().Chunk("fmt ", WavBuilder.Format(Pcm, 1, 16000, 16, blockAlign: 3)).Chunk("data", new byte[99]).Build() },
        { "no bits", new WavBuilder().Chunk("fmt ", WavBuilder.Format(Pcm, 1, 16000, 0)).Chunk("data", new byte[100]).Build() },
        { "33 bits", new WavBuilder().Chunk("fmt ", WavBuilder.Format(Pcm, 1, 16000, 33)).Chunk("data", new byte[100]).Build() },
        { "16-bit float", new WavBuilder().Chunk("fmt ", WavBuilder.Format(Float, 1, 16000, 16)).Chunk("data", new byte[100]).Build() },
        { "short format", new WavBuilder().Chunk("fmt ", new byte[8]).Chunk("data", new byte[100]).Build() },
        { "format of 4 GB", new WavBuilder().Chunk("fmt ", Mono16, uint.MaxValue).Chunk("data", new byte[100]).Build() },
        { "short extensible", new WavBuilder().Chunk("fmt ", WavBuilder.Format(Extensible, 1, 16000, 16)).Chunk("data", new byte[100]).Build() },
        { "two formats", new WavBuilder().Chunk("fmt ", Mono16).Chunk("fmt ", Mono16).Chunk("data", new byte[100]).Build() },
        { "junk of 4 GB", new WavBuilder().Chunk("junk", new byte[100], uint.MaxValue).Build() },
        { "half a frame", new WavBuilder().Chunk("fmt ", Mono16).Chunk("data", new byte[101]).Build() },
        { "a WAV in a WAV", new WavBuilder().Chunk("LIST", new WavBuilder().Chunk("fmt ", Mono16).Chunk("data", new byte[100]).Build()).Build() },
        { "not RIFF", new WavBuilder { Kind = "RIFE" }.Chunk("fmt ", Mono16).Chunk("data", new byte[100]).Build() },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task OpenAsync_HostileHeader_IsUndecodableWhetherItCanSeekOrNot(string what, byte[] wav)
    {
        var inMemory = Assert.Throws<AudioException>(() => Wav.Parse(wav));
        var streamed = await Assert.ThrowsAsync<AudioException>(async () => await Wav.ReadAsync(new TrickleStream(wav, 5), CancellationToken.None));

        Assert.True(inMemory.Failure == AudioFailure.Undecodable, what);
        Assert.True(streamed.Failure == AudioFailure.Undecodable, what);
    }

    [Fact]
    public void Parse_BigEndian_IsUnsupported()
    {
        var wav = new WavBuilder { Kind = "RIFX" }.Chunk("fmt ", Mono16).Chunk("data", new byte[100]).Build();

        Assert.Equal(AudioFailure.UnsupportedFormat, Assert.Throws<AudioException>(() => Wav.Parse(wav)).Failure);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0x11)]
    [InlineData(0x31)]
    [InlineData(0x55)]
    public void Parse_CompressedInWav_IsUnsupportedWithoutFfmpeg(int tag)
    {
        var wav = new WavBuilder().Chunk("fmt ", WavBuilder.Format(tag, 1, 16000, 4, blockAlign: 256)).Chunk("data", new byte[512]).Build();

        Assert.Equal(AudioFailure.UnsupportedFormat, Assert.Throws<AudioException>(() => Wav.Parse(wav)).Failure);
    }
}
