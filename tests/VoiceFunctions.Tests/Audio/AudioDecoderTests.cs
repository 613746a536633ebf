using VoiceFunctions.Audio;

namespace VoiceFunctions.Tests.Audio;

public sealed class AudioDecoderTests(AudioLab lab) : IClassFixture<AudioLab>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("wav", "-ac 2", true)]
    [InlineData("wav", "-ac 2", false)]
    [InlineData("flac", "", true)]
    [InlineData("flac", "", false)]
    public async Task DecodeAsync_AnySource_IsTheOriginalAtTheRateAskedFor(string extension, string arguments, bool inspected)
    {
        var original = Sounds.Chirp(2, 48000);
        var file = await AudioLab.FfmpegAsync(Wav.Write(original), arguments, extension);
        await using Stream source = inspected ? await lab.Inspector.InspectAsync(new MemoryStream(file), long.MaxValue, Token) : new TrickleStream(file, 5000);

        var decoded = await lab.Decoder.DecodeWholeAsync(source, 16000, Token);

        var expected = Resampler.Resample(original, 16000);
        Assert.Equal(expected.Samples.Length, decoded.Samples.Length);
        Assert.True(Sounds.Correlation(expected.Samples.Span, decoded.Samples.Span, 0, 0) > 0.9999);
    }

    [Fact]
    public async Task DecodeAsync_InspectedAudio_StaysWhereItIsAndServesManyAtOnce()
    {
        var wav = Wav.Write(Sounds.Chirp(3, 22050));
        await using var audio = await lab.Inspector.InspectAsync(new MemoryStream(wav), long.MaxValue, Token);
        audio.Position = 17;

        var decoded = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => lab.Decoder.DecodeWholeAsync(audio, 16000, Token))));

        Assert.Equal(17, audio.Position);
        Assert.All(decoded, one => Assert.True(one.Samples.Span.SequenceEqual(decoded[0].Samples.Span)));
    }

    [Fact]
    public async Task DecodeAsync_ConsumerLeavesEarly_LeavesNothingBehind()
    {
        var file = await AudioLab.FfmpegAsync(Wav.Write(Sounds.Chirp(60, 16000)), "", "mp3");

        await foreach (var block in lab.Decoder.DecodeAsync(new MemoryStream(file), 16000, Token))
        {
            Assert.False(block.IsEmpty);
            break;
        }

        Assert.Empty(lab.TempFiles());
    }

    [Theory]
    [InlineData(0, AudioFailure.Empty)]
    [InlineData(500, AudioFailure.Undecodable)]
    public async Task DecodeAsync_NoAudio_Throws(int bytes, AudioFailure failure)
    {
        var exception = await Assert.ThrowsAsync<AudioException>(() => lab.Decoder.DecodeWholeAsync(new MemoryStream(new byte[bytes]), 16000, Token));

        Assert.Equal(failure, exception.Failure);
        Assert.Empty(lab.TempFiles());
    }

    [Fact]
    public async Task DecodeAsync_CutFlac_ThrowsBeforeItsEndIsReported()
    {
        var file = await AudioLab.FfmpegAsync(Wav.Write(Sounds.Chirp(5, 16000)), "", "flac");

        var exception = await Assert.ThrowsAsync<AudioException>(() => lab.Decoder.DecodeWholeAsync(new MemoryStream(file[..^100]), 16000, Token));

        Assert.Equal(AudioFailure.Undecodable, exception.Failure);
    }
}
