using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using static VoiceFunctions.Tests.Providers.Google.GoogleBench;

namespace VoiceFunctions.Tests.Providers.Google;

public sealed class GoogleRecognitionLimitTests
{
    [Theory]
    [InlineData("en", "en-US")]
    [InlineData("en-GB", "en-GB")]
    [InlineData("zh-CN", "cmn-Hans-CN")]
    [InlineData("no", "nb-NO")]
    public async Task GetText_Language_IsATagThatGoogleTakes(string asked, string sent)
    {
        await using var bench = new GoogleBench();

        await bench.HearAsync(Heard(asked));

        using var body = bench.Server.Request.Json();
        Assert.Equal(sent, body.RootElement.GetProperty("config").GetProperty("languageCode").GetString());
    }

    [Fact]
    public async Task GetText_WhatGoogleCannotTake_IsRefusedWithoutACall()
    {
        await using var bench = new GoogleBench();

        await FailsAsync(() => bench.HearAsync(Heard("tlh-QO")), ProviderFailureKind.UnsupportedLanguage);
        await FailsAsync(() => bench.HearAsync(Heard(null)), ProviderFailureKind.InvalidRequest);
        await FailsAsync(() => bench.HearAsync(audio: []), ProviderFailureKind.InvalidRequest);
        await FailsAsync(() => bench.HearAsync(audio: new byte[8 * 1024 * 1024]), ProviderFailureKind.InvalidRequest);
        await FailsAsync(() => bench.HearAsync(call: new() { Container = AudioContainer.Mp3 }), ProviderFailureKind.InvalidRequest);

        Assert.Equal(0, bench.Server.Count);
    }

    [Fact]
    public async Task GetText_TheMostAudioTaken_StaysBelowThePayloadLimit()
    {
        await using var bench = new GoogleBench();
        var most = (int)bench.Provider.RecognitionModels[0].MaxBytes!.Value;
        var audio = new byte[most];
        "RIFF"u8.CopyTo(audio);

        await bench.HearAsync(audio: audio);

        Assert.InRange(bench.Server.Request.Body.Length, most, 10 * 1024 * 1024);
    }
}
