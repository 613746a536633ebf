using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Load.Driving;
using VoiceFunctions.Load.Providers;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.Load;

/// <summary>The app in a process of its own, storage, and two providers on this machine; one for each scenario, so that none finds what another has left.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly StorageEmulator _storage = new();
    private readonly LoopbackOpenAI _openAI = new();
    private readonly LoopbackAzureSpeech _azure = new();
    private readonly (string Name, string? Value)[] _settings;
    private VoiceApp? _app;
    private Caller? _caller;

    private Bench(LatencyModel first, LatencyModel second, (string Name, string? Value)[] settings)
    {
        var audio = new RenderedAudio();
        First = new SlowProvider(_openAI, first, audio.Speak);
        Second = new SlowProvider(_azure, second, audio.Speak);
        _settings =
        [
            // A load test is about the gateway: the providers have no limit of their own here, so none may be kept from them.
            ("OpenAI__Concurrency", "1000"), ("AzureSpeech__Concurrency", "1000"), ("Resilience__QueueLimit", "10000"),
            ("OpenAI__ApiKey", _openAI.ApiKey), ("OpenAI__Endpoint", _openAI.Root.AbsoluteUri),
            ("AzureSpeech__Key", _azure.Key), ("AzureSpeech__Endpoint", _azure.Endpoint.AbsoluteUri),
            .. settings,
        ];
    }

    /// <summary>The first of the plan.</summary>
    public SlowProvider First { get; }

    /// <summary>The one behind it.</summary>
    public SlowProvider Second { get; }

    public Uri Provider => _openAI.Root;

    public string ProviderKey => _openAI.ApiKey;

    public Caller Caller => _caller!;

    public ChildProcess Process => _app!.Process;

    public Uri Address => _app!.Client.BaseAddress!;

    public static async Task<Bench> StartAsync(LatencyModel first, LatencyModel? second = null, params (string Name, string? Value)[] settings)
    {
        var bench = new Bench(first, second ?? first, settings);
        try
        {
            await bench._storage.StartAsync();
            await bench.StartAppAsync();
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the app, if it runs, and starts it anew.</summary>
    public async Task StartAppAsync()
    {
        await StopAppAsync();
        _app = await VoiceApp.StartAsync(_storage, _settings);
        _caller = new Caller(Address);
    }

    public async Task StopAppAsync()
    {
        _caller?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
            _app = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAppAsync();
        await _openAI.DisposeAsync();
        await _azure.DisposeAsync();
        await _storage.DisposeAsync();
    }
}
