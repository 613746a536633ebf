using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Providers.Offline;

namespace VoiceFunctions.Tests.Providers.Offline;

public sealed class OfflineProviderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("offline-").FullName;

    [Fact]
    public void Provider_WithEverything_TellsWhatItCanDo()
    {
        using var host = new OfflineHost();
        var provider = host.Provider;
        Assert.Equal("offline", provider.Name);
        Assert.Null(provider.Unconfigured);
        Assert.Equal(["flite", "espeak-ng"], provider.SynthesisModels.Select(model => model.Id));
        Assert.Equal(["slt", "rms", "awb", "kal16"], provider.SynthesisModels[0].Voices.Select(voice => voice.Id));
        var espeak = provider.SynthesisModels[1];
        Assert.True(espeak.Voices.Count > 100);
        Assert.Superset(new HashSet<string> { "ru", "de", "es", "fr-fr", "fr", "it", "pl", "uk", "zh" }, espeak.Languages.ToHashSet());
        Assert.Equal(espeak.Voices.Count, espeak.Voices.DistinctBy(voice => voice.Id).Count());
        Assert.Equal(new SpeedRange(0.46, 2.57), espeak.Speed);
        var recognition = Assert.Single(provider.RecognitionModels);
        Assert.Equal(("moonshine-tiny", TimingKinds.Segment, true), (recognition.Id, recognition.Timings, recognition.Confidence));
        Assert.Contains(AudioContainer.Wav, recognition.Containers);
    }

    [Fact]
    public async Task Start_WithEverything_LoadsNoEngine()
    {
        using var host = new OfflineHost();
        foreach (var service in host.Get<IEnumerable<IHostedService>>().OfType<OfflineStartup>()) await service.StartAsync(TestContext.Current.CancellationToken);
        Assert.False(host.Get<OfflineEngines>().IsLoaded);
        await host.SpeakAsync("Hello");
        Assert.True(host.Get<OfflineEngines>().IsLoaded);
    }

    [Fact]
    public void Provider_WithNothing_SaysWhy()
    {
        using var host = new OfflineHost(new() { ["Offline:ModelsPath"] = _folder, ["Offline:EspeakPath"] = Path.Combine(_folder, "none") }, complete: false);
        Assert.Contains("install-models.mjs", host.Provider.Unconfigured, StringComparison.Ordinal);
        Assert.Contains("none is not installed", host.Provider.Unconfigured, StringComparison.Ordinal);
        Assert.Empty(host.Provider.SynthesisModels);
        Assert.Empty(host.Provider.RecognitionModels);
        Assert.Null(host.Provider.TextToSpeech);
        Assert.Null(host.Provider.SpeechToText);
    }

    [Fact]
    public async Task Provider_WithoutModels_StillSpeaksWithEspeak()
    {
        using var host = new OfflineHost(new() { ["Offline:ModelsPath"] = _folder }, complete: false);
        Assert.Null(host.Provider.Unconfigured);
        Assert.Equal("espeak-ng", Assert.Single(host.Provider.SynthesisModels).Id);
        Assert.Null(host.Provider.SpeechToText);
        var response = await host.Speaker.GetAudioAsync("Hello", null, TestContext.Current.CancellationToken);
        Assert.Equal(("espeak-ng", "en-us"), (response.GetOutcome().Model, response.GetOutcome().Voice));
        await Assert.ThrowsAsync<ProviderException>(() => host.SpeakAsync("Hello", new() { ModelId = "flite" }));
    }

    [Fact]
    public async Task Provider_WithoutEspeak_RefusesOtherLanguages()
    {
        using var host = new OfflineHost(new() { ["Offline:EspeakPath"] = Path.Combine(_folder, "none") }, complete: false);
        Assert.Equal("flite", Assert.Single(host.Provider.SynthesisModels).Id);
        Assert.Equal(ProviderFailureKind.UnsupportedLanguage, (await Assert.ThrowsAsync<ProviderException>(() => host.SpeakAsync("Привет"))).Kind);
        Assert.True((await host.SpeakAsync("Hello")).Duration > TimeSpan.Zero);
    }

    [Fact]
    public void Provider_TruncatedModel_IsLeftOutWithTheReason()
    {
        File.WriteAllText(Path.Combine(_folder, "installed.json"), """{ "files": { "flite/flite.wasm": { "size": 10, "mtimeMs": 1, "sha256": "00112233445566778899" } } }""");
        Directory.CreateDirectory(Path.Combine(_folder, "flite"));
        File.WriteAllText(Path.Combine(_folder, "flite", "flite.wasm"), "short");
        using var host = new OfflineHost(new() { ["Offline:ModelsPath"] = _folder }, complete: false);
        Assert.Equal("espeak-ng", Assert.Single(host.Provider.SynthesisModels).Id);
        Assert.Contains(host.Get<OfflineInventory>().Missing, reason => reason.Contains("flite.wasm is not the file", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"files\": ")]
    [InlineData("null")]
    [InlineData("{}")]
    public void Provider_DamagedStamp_IsNoCrash(string stamp)
    {
        File.WriteAllText(Path.Combine(_folder, "installed.json"), stamp);
        using var host = new OfflineHost(new() { ["Offline:ModelsPath"] = _folder }, complete: false);
        Assert.Null(host.Provider.SpeechToText);
        Assert.Contains(host.Get<OfflineInventory>().Missing, reason => reason.Contains("is damaged", StringComparison.Ordinal));
    }

    [Fact]
    public void Provider_HangingEspeak_IsLeftOut()
    {
        using var host = new OfflineHost(new() { ["Offline:EspeakPath"] = "yes", ["Offline:ProbeTimeout"] = "00:00:00.3" }, complete: false);
        Assert.Equal("flite", Assert.Single(host.Provider.SynthesisModels).Id);
    }

    [Theory]
    [InlineData("MaxConcurrentSyntheses", "0")]
    [InlineData("QueueLimit", "-1")]
    [InlineData("IdleUnloadAfter", "00:00:00")]
    [InlineData("EspeakPath", "")]
    public void Options_OutOfRange_AreRefused(string name, string value) =>
        Assert.Throws<OptionsValidationException>(() => new OfflineHost(new() { [$"Offline:{name}"] = value }));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
