using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>The app in its own process with all four loopback providers and a storage of its own.</summary>
internal sealed class ProviderApp : IAsyncDisposable
{
    private readonly (string Name, string? Value)[] _settings;
    private VoiceApp? _app;

    private ProviderApp((string Name, string? Value)[] settings) => _settings = [("Resilience__RetryDelay", "00:00:00.010"), .. Servers.Settings, .. settings];

    public StorageEmulator Storage { get; } = new();

    public ProviderServers Servers { get; } = new();

    public HttpClient Client => _app!.Client;

    public ChildProcess Process => _app!.Process;

    /// <summary>Starts it. A setting given here goes before those that point at the servers; <see langword="null"/> takes one away.</summary>
    public static async Task<ProviderApp> StartAsync(params (string Name, string? Value)[] settings)
    {
        var app = new ProviderApp(settings);
        try
        {
            var audio = await RenderedSpeech.RenderAsync();
            foreach (var name in ProviderServers.Names)
            {
                app.Servers[name].Audio = audio.Speak;
            }

            await app.Storage.StartAsync();
            app._app = await app.StartAnotherAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more process on the same storage and providers. Whoever asked for it ends it.</summary>
    public Task<VoiceApp> StartAnotherAsync(params (string Name, string? Value)[] settings) => VoiceApp.StartAsync(Storage, [.. _settings, .. settings]);

    /// <summary>Ends the process, if it has not ended, as a service manager does, and starts it anew.</summary>
    public async Task RestartAsync()
    {
        await _app!.DisposeAsync();
        _app = await StartAnotherAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await Servers.DisposeAsync();
        await Storage.DisposeAsync();
    }
}
