using System.Buffers.Binary;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.Loopback;
using static VoiceFunctions.Tests.Providers.Yandex.YandexBench;

namespace VoiceFunctions.Tests.Providers.Yandex;

public sealed class YandexSpeechToTextClientTests
{
    private static readonly short[] Tone = AudioSamples.Tone(1.5, 16_000);

    [Fact]
    public async Task GetText_Wav_SendsItsSamplesAlone()
    {
        await using var bench = new YandexBench(("FolderId", "folder-1"));

        var response = await bench.HearAsync(audio: AudioSamples.Wav(Tone, 16_000));

        Assert.Equal("/speech/v1/stt:recognize", bench.Server.Request.Path);
        Assert.Equal($"Api-Key {LoopbackYandex.ApiKey}", bench.Server.Request.Header("Authorization"));
        Assert.Equal(AudioSamples.Pcm(Tone), bench.Server.Request.Body);
        Assert.Equivalent(
            new Dictionary<string, string>
            {
                ["lang"] = "ru-RU",
                ["topic"] = "general",
                ["format"] = "lpcm",
                ["sampleRateHertz"] = "16000",
                ["folderId"] = "folder-1",
            },
            bench.Server.Request.Query,
            strict: true);
        Assert.Equal("привет мир", response.Text);
        Assert.Equivalent(
            new SpeechOutcome { Provider = "yandex", Model = "general", Language = "ru-RU", Units = new(15, BillingUnit.Seconds) },
            response.GetOutcome(),
            strict: true);
    }

    [Fact]
    public async Task GetText_WavWithStreamedSizes_SendsAllSamples()
    {
        await using var bench = new YandexBench();

        await bench.HearAsync(audio: AudioSamples.Wav(Tone, 16_000, streamed: true));

        Assert.Equal(AudioSamples.Pcm(Tone), bench.Server.Request.Body);
    }

    [Fact]
    public async Task GetText_WavWithOtherChunks_SendsNeitherThemNorTheirPadding()
    {
        await using var bench = new YandexBench();
        var plain = AudioSamples.Wav(Tone, 8_000);
        byte[] wav = [.. plain[..12], .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. plain[12..], .. "id3 "u8, 2, 0, 0, 0, 9, 9];

        await bench.HearAsync(audio: wav);

        Assert.Equal("8000", bench.Server.Request.Query["sampleRateHertz"]);
        Assert.Equal(AudioSamples.Pcm(Tone), bench.Server.Request.Body);
    }

    [Theory]
    [InlineData(22, 2)]
    [InlineData(24, 44_100)]
    [InlineData(34, 8)]
    [InlineData(20, 3)]
    public async Task GetText_WavOfAnotherKind_IsRefusedWithoutACall(int at, int value)
    {
        await using var bench = new YandexBench();
        var wav = AudioSamples.Wav(Tone, 16_000);
        BinaryPrimitives.WriteUInt16LittleEndian(wav.AsSpan(at), (ushort)value);

        await FailsAsync(() => bench.HearAsync(audio: wav), ProviderFailureKind.InvalidRequest);

        Assert.Equal(0, bench.Server.Count);
    }

    [Fact]
    public async Task GetText_DamagedWav_IsRefusedWhereverItEnds()
    {
        await using var bench = new YandexBench();
        var wav = AudioSamples.Wav(Tone, 16_000);

        for (var length = 0; length <= 45; length++)
        {
            await FailsAsync(() => bench.HearAsync(audio: wav[..length]), ProviderFailureKind.InvalidRequest);
        }

        Assert.Equal(0, bench.Server.Count);
    }

    [Fact]
    public async Task GetText_OggOpus_GoesAsItIs()
    {
        await using var bench = new YandexBench();

        var response = await bench.HearAsync(call: new() { Container = AudioContainer.Ogg, AudioSeconds = 15.1 }, audio: Ogg(channels: 1));

        Assert.Equal("oggopus", bench.Server.Request.Query["format"]);
        Assert.DoesNotContain("sampleRateHertz", bench.Server.Request.Query.Keys);
        Assert.Equal(Ogg(channels: 1), bench.Server.Request.Body);
        Assert.Equal(30, response.GetOutcome().Units!.Amount);
    }

    [Fact]
    public async Task GetText_OggOpusOfUnknownLength_HasNoUnits()
    {
        await using var bench = new YandexBench();

        Assert.Null((await bench.HearAsync(call: new() { Container = AudioContainer.Ogg }, audio: Ogg(channels: 1))).GetOutcome().Units);
    }

    [Fact]
    public async Task GetText_WhatYandexCannotTake_IsRefusedWithoutACall()
    {
        await using var bench = new YandexBench();

        await FailsAsync(() => bench.HearAsync("ja-JP"), ProviderFailureKind.UnsupportedLanguage);
        await FailsAsync(() => bench.HearAsync(call: new() { Container = AudioContainer.Mp3 }), ProviderFailureKind.InvalidRequest);
        await FailsAsync(() => bench.HearAsync(call: new() { Container = AudioContainer.Ogg }, audio: Ogg(channels: 2)), ProviderFailureKind.InvalidRequest);
        await FailsAsync(() => bench.HearAsync(call: new() { Container = AudioContainer.Ogg }, audio: "OggS vorbis"u8.ToArray()), ProviderFailureKind.InvalidRequest);
        await FailsAsync(() => bench.HearAsync(audio: AudioSamples.SilentWav(30.1, 16_000)), ProviderFailureKind.InvalidRequest);
        await FailsAsync(() => bench.HearAsync(audio: AudioSamples.SilentWav(12, 48_000)), ProviderFailureKind.InvalidRequest);

        Assert.Equal(0, bench.Server.Count);
    }

    [Fact]
    public async Task GetText_ThirtySeconds_AreTaken()
    {
        await using var bench = new YandexBench();

        Assert.Equal(30, (await bench.HearAsync(audio: AudioSamples.SilentWav(30, 16_000))).GetOutcome().Units!.Amount);
    }

    [Theory]
    [InlineData("ru", "ru-RU", "ru")]
    [InlineData("en-GB", "en-US", "en-GB")]
    [InlineData("he-IL", "he-HE", "he-IL")]
    [InlineData(null, "auto", null)]
    public async Task GetText_Language_IsOneOfYandex(string? asked, string sent, string? told)
    {
        await using var bench = new YandexBench();

        var response = await bench.HearAsync(asked);

        Assert.Equal(sent, bench.Server.Request.Query["lang"]);
        Assert.Equal(told, response.GetOutcome().Language);
    }

    [Fact]
    public async Task GetText_EmptyResult_IsSilence()
    {
        await using var bench = new YandexBench();
        bench.Server.Recognition = "";

        Assert.Equal("", (await bench.HearAsync()).Text);
    }

    [Fact]
    public async Task GetText_NoResult_IsABadResult()
    {
        await using var bench = new YandexBench();
        bench.Server.Enqueue(Fault.Body(_ => LoopbackReply.Json("{}")), Fault.MalformedJson(), Fault.EmptyBody(), Fault.Body(_ => LoopbackReply.Json("null")));

        for (var i = 0; i < 4; i++)
        {
            await FailsAsync(() => bench.HearAsync(), ProviderFailureKind.BadResult);
        }
    }

    /// <summary>The first page of Ogg Opus: 27 bytes of page header, one lacing value, OpusHead.</summary>
    private static byte[] Ogg(byte channels) => [.. "OggS"u8, .. new byte[22], 1, 19, .. "OpusHead"u8, 1, channels, .. new byte[9]];
}
