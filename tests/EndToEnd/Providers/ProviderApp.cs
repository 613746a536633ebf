using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>The app in its own process with all four loopback providers and a storage of its own.</summary>
internal sealed class ProviderApp : IAsyncDisposable
{
    private readonly StorageEmulator _storage = new();
    private VoiceApp? _app;

    private ProviderApp()
    {
    }

    public ProviderServers Servers { get; } = new();

    public HttpClient Client => _app!.Client;

    public ChildProcess Process => _app!.Process;

    /// <summary>Starts it. A setting given here goes before those that point at the servers; <see langword="null"/> takes one away.</summary>
    public static async Task<ProviderApp> StartAsync(params (string Name, string? Value)[] settings)
    {
        var app = new ProviderApp();
        try
        {
            var audio = await RenderedSpeech.RenderAsync();
            foreach (var name in ProviderServers.Names)
            {
                app.Servers[name].Audio = audio.Speak;
            }

            await app._storage.StartAsync();
            app._app = await VoiceApp.StartAsync(app._storage, [("Resilience__RetryDelay", "00:00:00.010"), .. app.Servers.Settings, .. settings]);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await Servers.DisposeAsync();
        await _storage.DisposeAsync();
    }
}
