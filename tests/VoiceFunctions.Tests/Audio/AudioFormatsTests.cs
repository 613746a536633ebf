using VoiceFunctions.Audio;

namespace VoiceFunctions.Tests.Audio;

public sealed class AudioFormatsTests
{
    [Theory]
    [InlineData(AudioFormat.Mp3, "audio/mpeg")]
    [InlineData(AudioFormat.Wav, "audio/wav")]
    [InlineData(AudioFormat.Opus, "audio/ogg;codecs=opus")]
    [InlineData(AudioFormat.Aac, "audio/aac")]
    [InlineData(AudioFormat.Flac, "audio/flac")]
    [InlineData(AudioFormat.Pcm, "audio/L16;rate=22050;channels=1")]
    public void MediaType_IsTheContracts(AudioFormat format, string expected) => Assert.Equal(expected, AudioFormats.MediaType(format, 22050));

    [Theory]
    [InlineData(AudioFormat.Mp3, new[] { 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000 })]
    [InlineData(AudioFormat.Aac, new[] { 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000 })]
    [InlineData(AudioFormat.Opus, new[] { 8000, 12000, 16000, 24000, 48000 })]
    public void SupportedRates_AreTheStandards(AudioFormat format, int[] expected)
    {
        Assert.Equal(expected, AudioFormats.SupportedRates(format));
        for (var rate = 7990; rate <= 48010; rate++) Assert.Equal(expected.Contains(rate), AudioFormats.Supports(format, rate));
    }

    [Theory]
    [InlineData(AudioFormat.Wav)]
    [InlineData(AudioFormat.Flac)]
    [InlineData(AudioFormat.Pcm)]
    public void Supports_WhatHasNoTable_IsTheWholeRange(AudioFormat format)
    {
        Assert.Empty(AudioFormats.SupportedRates(format));
        Assert.False(AudioFormats.Supports(format, 7999));
        Assert.True(AudioFormats.Supports(format, 8000));
        Assert.True(AudioFormats.Supports(format, 23456));
        Assert.True(AudioFormats.Supports(format, 48000));
        Assert.False(AudioFormats.Supports(format, 48001));
    }

    [Fact]
    public void RateFor_AnyRate_IsSupportedAndLosesNothingItNeedNot()
    {
        foreach (var format in Enum.GetValues<AudioFormat>())
        {
            for (var rate = 1000; rate <= 100_000; rate += 123)
            {
                var chosen = AudioFormats.RateFor(format, rate);
                Assert.True(AudioFormats.Supports(format, chosen));
                Assert.True(chosen >= Math.Min(rate, 48000));
            }
        }
    }
}
