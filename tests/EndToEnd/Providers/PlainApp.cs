using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>One app with every provider in good health until a test breaks one for its own length. Its circuits stay closed.</summary>
public sealed class PlainApp : IAsyncLifetime
{
    private ProviderApp? _app;

    internal HttpClient Client => _app!.Client;

    internal ProviderServers Servers => _app!.Servers;

    internal static Task<byte[]> RecordingAsync() => Recording.All[2].ReadWavAsync();

    /// <summary>Has every call to a provider fail until the result is disposed of.</summary>
    internal IDisposable Break(string provider, Func<Fault> fault)
    {
        Servers[provider].FaultFor = _ => fault();
        return new Repair(Servers[provider]);
    }

    public async ValueTask InitializeAsync() => _app = await ProviderApp.StartAsync(("Resilience__MinimumThroughput", "10000"));

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private sealed class Repair(LoopbackProvider server) : IDisposable
    {
        public void Dispose() => server.FaultFor = null;
    }
}
