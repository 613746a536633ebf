using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using VoiceFunctions.Audio;
using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;
using VoiceFunctions.Tests.Resilience;

namespace VoiceFunctions.Tests.Stubs;

/// <summary>Providers, models and what plans are made from, with defaults that can do everything.</summary>
internal static class TestCatalog
{
    public static SynthesisModel Model(string id, params ProviderVoice[] voices) => new(id)
    {
        Languages = [],
        Voices = voices.Length > 0 ? voices : [new ProviderVoice("anyone")],
        Formats = [AudioFormat.Wav],
        Limit = new ProviderLimit(4096, BillingUnit.Characters),
        SampleRate = 24_000,
    };

    public static ProviderVoice Voice(string id, string? gender = null, params string[] languages) => new(id) { Gender = gender, Languages = languages };

    public static SpeechProvider Speaker(string name, params SynthesisModel[] models) =>
        new(name) { SynthesisModels = models.Length > 0 ? models : [Model($"{name}-model")] };

    public static RecognitionModel Ear(string id) => new(id) { Languages = [], Containers = [AudioContainer.Wav] };

    public static SpeechProvider Listener(string name, params RecognitionModel[] models) =>
        new(name) { RecognitionModels = models.Length > 0 ? models : [Ear($"{name}-model")] };

    public static ProviderCatalog Of(params IEnumerable<SpeechProvider> providers) => new(providers);

    public static ProviderOrder Order(ProviderCatalog catalog, params string[] configured)
    {
        var options = new FallbackOptions();
        foreach (var name in configured)
        {
            options.Order.Add(name);
        }

        return new ProviderOrder(catalog, Options.Create(options));
    }

    public static VoiceProfiles Profiles(params (string Key, string Value)[] settings) => new(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"VoiceProfiles:{setting.Key}", (string?)setting.Value)))
        .Build());

    public static SynthesisPlanner Planner(ProviderCatalog catalog, VoiceProfiles? profiles = null, params AudioFormat[] encoders)
    {
        var audio = new AudioCapabilities();
        audio.Report(canDecodeCompressed: true, encoders.Length > 0 ? encoders : Enum.GetValues<AudioFormat>());
        return new SynthesisPlanner(catalog, Order(catalog), profiles ?? Profiles(), audio);
    }

    public static FallbackLoop Loop(TimeSpan? hedgeAfter = null, TimeProvider? time = null) =>
        new(Options.Create(new FallbackOptions { HedgeAfter = hedgeAfter }), time ?? TimeProvider.System);

    public static ProviderPipelines Pipelines(ProviderCatalog catalog, TimeProvider time) => new(catalog, Options.Create(new ResilienceOptions()), PipelineBench.Metrics, time, NullLogger<ProviderPipeline>.Instance);
}
