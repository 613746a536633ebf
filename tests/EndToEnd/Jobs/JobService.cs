using VoiceFunctions.EndToEnd.Providers;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>One app for all tests that only order jobs. A test breaks providers for texts of its own, for its own length.</summary>
public sealed class JobService : IAsyncLifetime
{
    private JobApp? _app;

    internal JobApp App => _app!;

    internal ProviderServers Servers => App.Servers;

    public async ValueTask InitializeAsync() => _app = await JobApp.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    /// <summary>Has a provider fail after so many requests, until the result is disposed of.</summary>
    internal IDisposable Break(string provider, int after, Fault fault)
    {
        var asked = 0;
        return Break(provider, _ => Interlocked.Increment(ref asked) > after ? fault : null);
    }

    internal IDisposable Break(string provider, Func<LoopbackRequest, Fault?> fault)
    {
        Servers[provider].FaultFor = fault;
        return new Repair(Servers[provider]);
    }

    private sealed class Repair(LoopbackProvider server) : IDisposable
    {
        public void Dispose() => server.FaultFor = null;
    }
}
