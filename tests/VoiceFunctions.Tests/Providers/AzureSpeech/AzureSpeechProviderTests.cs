using Azure.Identity;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Providers.AzureSpeech;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tests.Providers.AzureSpeech;

public sealed class AzureSpeechProviderTests
{
    private static readonly (string, string?)[] Identity =
    [
        ("AzureSpeech:Key", null), ("AzureSpeech:UseManagedIdentity", "true"),
        ("AzureSpeech:ResourceId", "/subscriptions/1/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/speech"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("AzureSpeech:Key", "AzureSpeech:Key is not set.")]
    [InlineData("AzureSpeech:Endpoint", "AzureSpeech:Region is not set.")]
    public async Task Provider_WithoutASetting_IsListedAndNotTried(string missing, string reason)
    {
        await using var bench = new AzureSpeechBench(null, null, (missing, null));

        Assert.Equal(reason, bench.Provider.Unconfigured);
        Assert.Null(bench.Provider.TextToSpeech);
        Assert.Null(bench.Provider.SpeechToText);
        Assert.Null(bench.Provider.Probe);
        Assert.NotEmpty(bench.Provider.SynthesisModels);
    }

    [Fact]
    public async Task Provider_WithEmptySettings_TakesThemForUnset()
    {
        await using var bench = new AzureSpeechBench(null, null, ("AzureSpeech:Endpoint", ""), ("AzureSpeech:Region", ""), ("AzureSpeech:ResourceId", ""));

        Assert.Equal("AzureSpeech:Region is not set.", bench.Provider.Unconfigured);
    }

    [Fact]
    public async Task Provider_ByDefault_KnowsNoPriceOfTranscription()
    {
        await using var bench = new AzureSpeechBench();

        Assert.Null(bench.Provider.RecognitionModels[0].Price);
        Assert.Equal(new ProviderPrice(15, 1_000_000, BillingUnit.Characters), bench.Provider.SynthesisModels[0].Price);
        Assert.Equal("ru-RU-SvetlanaNeural", bench.Provider.SynthesisModels[0].Voices.First(voice => voice.Languages.Contains("ru-RU")).Id);
        var ids = bench.Provider.SynthesisModels.SelectMany(model => model.Voices).Select(voice => voice.Id).ToArray();
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void Endpoints_OfARegion_AreItsOwn()
    {
        var endpoints = AzureSpeechEndpoints.Of(new AzureSpeechOptions { Region = "westeurope" })!;

        Assert.Equal("https://westeurope.tts.speech.microsoft.com/cognitiveservices/v1", endpoints.Synthesis.AbsoluteUri);
        Assert.Equal("https://westeurope.tts.speech.microsoft.com/cognitiveservices/voices/list", endpoints.Voices.AbsoluteUri);
        Assert.Equal(
            "https://westeurope.api.cognitive.microsoft.com/speechtotext/transcriptions:transcribe?api-version=2025-10-15", endpoints.Transcription.AbsoluteUri);
    }

    [Fact]
    public async Task Calls_WithAManagedIdentity_CarryTheToken()
    {
        var credential = new StubCredential("loopback-entra-token");
        await using var bench = new AzureSpeechBench(null, credential, Identity);

        await bench.Speech.GetAudioAsync("Hello", new TextToSpeechOptions { AudioFormat = "pcm" }, Token);
        await bench.Provider.Probe!(Token);
        using var audio = new MemoryStream(AudioSamples.SilentWav(1, 16_000));
        await bench.Recognition.GetTextAsync(audio, new SpeechToTextOptions().WithCall(new SpeechCall { Container = AudioContainer.Wav }), Token);

        Assert.StartsWith("Bearer aad#/subscriptions/1/", bench.Server.Requests[0].Header("Authorization"), StringComparison.Ordinal);
        Assert.Equal("Bearer loopback-entra-token", bench.Server.Requests[2].Header("Authorization"));
        Assert.All(bench.Server.Requests, request => Assert.Null(request.Header("Ocp-Apim-Subscription-Key")));
        Assert.All(credential.Scopes, scope => Assert.Equal("https://cognitiveservices.azure.com/.default", scope));
    }

    [Fact]
    public async Task Call_WithAnIdentityThatGetsNoToken_IsUnauthorized()
    {
        await using var bench = new AzureSpeechBench(null, new StubCredential("", new AuthenticationFailedException("the secret request")), Identity);

        var failure = await Assert.ThrowsAsync<ProviderException>(() => bench.Speech.GetAudioAsync("Hello", null, Token));

        Assert.Equal(ProviderFailureKind.Unauthorized, failure.Kind);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, bench.Server.Count);
    }

    [Theory]
    [InlineData("AzureSpeech:Region", "evil.example.com/")]
    [InlineData("AzureSpeech:Endpoint", "http://example.com")]
    [InlineData("AzureSpeech:Concurrency", "0")]
    [InlineData("AzureSpeech:TranscriptionUsdPerHour", "-1")]
    public async Task Provider_WithABadSetting_IsRefusedWithoutTheKey(string name, string value)
    {
        await using var bench = new AzureSpeechBench(null, null, (name, value));

        var failure = Assert.Throws<OptionsValidationException>(() => bench.Provider);

        Assert.DoesNotContain(bench.Server.Key, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Provider_WithAnIdentityAndNoDomainOfItsOwn_IsRefused()
    {
        await using var bench = new AzureSpeechBench(null, null, [.. Identity, ("AzureSpeech:Endpoint", null), ("AzureSpeech:Region", "westeurope")]);

        Assert.Throws<OptionsValidationException>(() => bench.Provider);
    }

    [Fact]
    public async Task Call_LoggedToTheLastTrace_LeavesTheKeyAndTheTextOut()
    {
        await using var bench = new AzureSpeechBench();

        await bench.Speech.GetAudioAsync("the secret text", new TextToSpeechOptions { AudioFormat = "pcm" }, TestContext.Current.CancellationToken);

        Assert.Equal(1, bench.Server.Count);
        Assert.All(bench.Logs.GetSnapshot(), record =>
        {
            var all = record.Message + string.Join(' ', record.StructuredState?.Select(pair => pair.Value) ?? []);
            Assert.DoesNotContain(bench.Server.Key, all, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", all, StringComparison.Ordinal);
        });
    }
}
