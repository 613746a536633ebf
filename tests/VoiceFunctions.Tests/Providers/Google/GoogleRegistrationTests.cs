using Microsoft.Extensions.Options;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing.Loopback;
using static VoiceFunctions.Tests.Providers.Google.GoogleBench;

namespace VoiceFunctions.Tests.Providers.Google;

public sealed class GoogleRegistrationTests
{
    [Fact]
    public async Task AddGoogle_WithoutKey_ListsTheProviderWithTheReason()
    {
        await using var bench = new GoogleBench(("ApiKey", null));

        Assert.Equal("Google:ApiKey is not set.", bench.Provider.Unconfigured);
        Assert.Null(bench.Provider.TextToSpeech);
        Assert.Null(bench.Provider.SpeechToText);
        Assert.Null(bench.Provider.Probe);
        Assert.NotEmpty(bench.Provider.SynthesisModels);
    }

    [Fact]
    public async Task AddGoogle_TwoKindsOfCredentials_IsRefused()
    {
        await using var bench = new GoogleBench(("CredentialsPath", "/nowhere.json"));

        var failure = Assert.Throws<OptionsValidationException>(() => bench.Provider);

        Assert.DoesNotContain(LoopbackGoogle.ApiKey, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddGoogle_KeyThatNoHeaderCarries_IsRefusedAndNotQuoted()
    {
        await using var bench = new GoogleBench(("ApiKey", "clé\nsecrète"));

        var failure = Assert.Throws<OptionsValidationException>(() => bench.Provider);

        Assert.DoesNotContain("secrète", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAudio_KeyWithALineEnd_IsTrimmed()
    {
        await using var bench = new GoogleBench(("ApiKey", $" {LoopbackGoogle.ApiKey}\n"));

        await bench.SpeakAsync("Hello");

        Assert.Equal(LoopbackGoogle.ApiKey, bench.Server.Request.Header("X-Goog-Api-Key"));
    }

    [Fact]
    public async Task Probe_GoodKey_ListsVoices()
    {
        await using var bench = new GoogleBench();

        await bench.Provider.Probe!(Token);

        Assert.Equal(("GET", "/v1/voices"), (bench.Server.Request.Method, bench.Server.Request.Path));
    }

    [Fact]
    public async Task GetAudio_ServiceAccount_AsksForATokenOnce()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var bench = new GoogleBench(("ApiKey", null), ("CredentialsPath", path));
        await File.WriteAllTextAsync(path, bench.Server.ServiceAccountJson(), Token);

        await bench.SpeakAsync("One");
        await bench.SpeakAsync("Two");
        File.Delete(path);

        Assert.Equal(["/token", "/v1/text:synthesize", "/v1/text:synthesize"], bench.Server.Requests.Select(request => request.Path));
        Assert.Equal($"Bearer {LoopbackGoogle.AccessToken}", bench.Server.Requests[2].Header("Authorization"));
        Assert.Null(bench.Server.Requests[2].Header("X-Goog-Api-Key"));
    }

    [Theory]
    [InlineData("""{"error":"invalid_grant","error_description":"google-key-8c1f"}""", 400)]
    [InlineData("google-key-8c1f, not JSON", 200)]
    public async Task GetAudio_TokenRefused_IsUnauthorized(string answer, int status)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var bench = new GoogleBench(("ApiKey", null), ("CredentialsPath", path));
        await File.WriteAllTextAsync(path, bench.Server.ServiceAccountJson(), Token);
        bench.Server.Enqueue(Fault.Body(_ => LoopbackReply.Json(answer, status)));

        await FailsAsync(() => bench.SpeakAsync("Hello"), ProviderFailureKind.Unauthorized);
        File.Delete(path);

        Assert.Equal(["/token"], bench.Server.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task GetAudio_KeyFileOfNoUse_IsUnauthorizedAndNotQuoted()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var bench = new GoogleBench(("ApiKey", null), ("CredentialsPath", path));
        await FailsAsync(() => bench.SpeakAsync("Hello"), ProviderFailureKind.Unauthorized);

        await File.WriteAllTextAsync(path, """{"type":"service_account","private_key":"hush-hush"}""", Token);
        var failure = await FailsAsync(() => bench.SpeakAsync("Hello"), ProviderFailureKind.Unauthorized);
        File.Delete(path);

        Assert.DoesNotContain("hush-hush", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, bench.Server.Count);
    }

    [Fact]
    public async Task Models_Voices_AreNamedOnceAndWithinTheirModelsLanguages()
    {
        await using var bench = new GoogleBench();

        var voices = bench.Provider.SynthesisModels.SelectMany(model => model.Voices).ToList();
        Assert.Equal(voices.Count, voices.DistinctBy(voice => voice.Id).Count());
        Assert.All(voices, voice => Assert.Matches("^[a-z]{2,3}-[A-Z]{2}-(Standard|Wavenet|Neural2|Studio|Chirp3-HD)-[A-Za-z]+$", voice.Id));
        Assert.Contains(voices, voice => voice is { Id: "ru-RU-Wavenet-D", Gender: "male" } && voice.Languages is ["ru-RU"]);
        Assert.All(bench.Provider.SynthesisModels, model => Assert.Superset(model.Voices.SelectMany(voice => voice.Languages).ToHashSet(), model.Languages.ToHashSet()));
    }
}
