using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Hosting;

/// <summary>One app and one storage account for all tests that only call it.</summary>
public sealed class RunningApp : IAsyncLifetime
{
    private readonly StorageEmulator _storage = new();
    private VoiceApp? _app;

    public HttpClient Client => _app!.Client;

    internal ChildProcess Process => _app!.Process;

    public async ValueTask InitializeAsync()
    {
        await _storage.StartAsync();
        _app = await VoiceApp.StartAsync(_storage);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await _storage.DisposeAsync();
    }
}
