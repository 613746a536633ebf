using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Testing;
using VoiceFunctions.Caching;
using VoiceFunctions.Providers;
using VoiceFunctions.Storage;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Caching;

/// <summary>The cache as one process of the app registers and starts it, before providers that the test plays.</summary>
internal sealed class CacheInstance : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly MetricCollector<long> _lookups;
    private readonly MetricCollector<long> _drops;
    private readonly MetricCollector<long> _failures;
    private bool _stopped;

    private CacheInstance(ServiceProvider services)
    {
        _services = services;
        (_lookups, _drops, _failures) = (Collect("voice.cache.lookups"), Collect("voice.cache.drops"), Collect("voice.cache.store.failures"));
        var catalog = TestCatalog.Of(
            TestCatalog.Speaker("a") with { RecognitionModels = [TestCatalog.Ear("ear") with { Timings = TimingKinds.Segment | TimingKinds.Word }, TestCatalog.Ear("deaf")] },
            TestCatalog.Speaker("b"));
        Speech = ActivatorUtilities.CreateInstance<CachingTextToSpeechClient>(services, Speaker, catalog);
        Hearing = ActivatorUtilities.CreateInstance<CachingSpeechToTextClient>(services, Listener, catalog);
    }

    public StubSpeaker Speaker { get; } = new();

    public StubSpeechToTextClient Listener { get; } = new();

    public ITextToSpeechClient Speech { get; }

    public ISpeechToTextClient Hearing { get; }

    public FakeLogCollector Log => _services.GetFakeLogCollector();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <param name="store">In the place of a storage account.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="settings">Of section <c>Cache</c>, and any other with its section.</param>
    public static async Task<CacheInstance> StartAsync(ISpeechStore? store = null, TimeProvider? time = null, params (string Key, string? Value)[] settings)
    {
        // On the system's clock a busy machine must not make a miss of a hit; on a test's own clock no time passes by itself.
        IEnumerable<(string Key, string? Value)> patient = time is null ? [("LookupTimeout", "00:00:20"), ("StartTimeout", "00:00:30")] : [];
        var configuration = new ConfigurationBuilder()
            // The last of two of the same name goes.
            .AddInMemoryCollection(patient.Concat(settings).GroupBy(setting => setting.Key, (key, values) => KeyValuePair.Create(
                key.StartsWith("AzureWebJobsStorage", StringComparison.Ordinal) ? key : $"Cache:{key}", values.Last().Value)))
            .Build();
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(time ?? TimeProvider.System)
            .AddFakeLogging()
            .AddStorage()
            .AddSpeechCache();
        if (store is not null)
        {
            services.AddSingleton(store);
        }

        var instance = new CacheInstance(services.BuildServiceProvider());
        foreach (var service in instance._services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
        {
            await service.StartingAsync(CancellationToken.None);
        }

        return instance;
    }

    public static TextToSpeechOptions Options(SpeechCall? call = null) =>
        new TextToSpeechOptions { ModelId = "a-model", VoiceId = "anyone", AudioFormat = "wav", Speed = 1 }.WithCall((call ?? new SpeechCall()) with { Provider = call?.Provider ?? "a" });

    public Task<TextToSpeechResponse> SpeakAsync(string text = "Hello.", SpeechCall? call = null, CancellationToken? token = null) =>
        Speech.GetAudioAsync(text, Options(call), token ?? TestContext.Current.CancellationToken);

    /// <summary>The look-ups so far: outcome and tier of each.</summary>
    public IEnumerable<string> Lookups() => _lookups.GetMeasurementSnapshot().Select(measured => $"{measured.Tags["voice.cache.outcome"]} {measured.Tags["voice.cache.tier"]}");

    public IEnumerable<string> Drops() => _drops.GetMeasurementSnapshot().Select(measured => $"{measured.Tags["voice.reason"]}");

    public IEnumerable<string> Failures() => _failures.GetMeasurementSnapshot().Select(measured => $"{measured.Tags["voice.reason"]}");

    /// <summary>Ends as a process that is asked to.</summary>
    public async Task StopAsync()
    {
        if (!_stopped)
        {
            _stopped = true;
            await Get<StoreQueue>().DrainAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var collector in new[] { _lookups, _drops, _failures })
        {
            collector.Dispose();
        }

        await _services.DisposeAsync();
    }

    private MetricCollector<long> Collect(string instrument) => new(Get<IMeterFactory>(), "VoiceFunctions", instrument);
}
