using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.EndToEnd.Providers;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>The app with loopback providers and a storage account whose requests a test can keep, crashed and started again as often as a test wants.</summary>
internal sealed class JobApp : IAsyncDisposable
{
    /// <summary>Waits that are short enough for a test, and circuits that stay closed.</summary>
    private static readonly (string Name, string? Value)[] Quick =
    [
        ("Jobs__Chunks__RetryDelay", "00:00:00.050"), ("Jobs__Chunks__MaxRetryDelay", "00:00:00.200"), ("Jobs__Chunks__ReportInterval", "00:00:00.100"),
        ("Jobs__Chunks__WatchInterval", "00:00:00.100"), ("Resilience__MinimumThroughput", "10000"), ("Cache__LookupTimeout", "00:00:20"),
    ];

    private readonly (string Name, string? Value)[] _settings;
    private readonly StorageProxy? _proxy;
    private VoiceApp? _app;

    private JobApp(StorageEmulator storage, StorageProxy? proxy, (string Name, string? Value)[] settings)
    {
        (Storage, _proxy) = (storage, proxy);
        (string Name, string? Value)[] account = proxy is null ? [] : [("AzureWebJobsStorage", proxy.ConnectionString)];
        _settings = [.. Quick, .. Servers.Settings, .. account, .. settings];
    }

    public StorageEmulator Storage { get; }

    public ProviderServers Servers { get; } = new();

    public StorageProxy Proxy => _proxy ?? throw new InvalidOperationException("The app talks to its storage itself.");

    public HttpClient Client => _app!.Client;

    public ChildProcess Process => _app!.Process;

    public static Task<JobApp> StartAsync(params (string Name, string? Value)[] settings) => StartAsync(proxied: false, settings);

    /// <summary>Starts one whose requests to storage go through <see cref="Proxy"/>.</summary>
    public static Task<JobApp> StartProxiedAsync(params (string Name, string? Value)[] settings) => StartAsync(proxied: true, settings);

    /// <summary>Ends the process without asking it.</summary>
    public async Task CrashAsync()
    {
        await _app!.Process.KillAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    public async Task StartAgainAsync() => _app = await VoiceApp.StartAsync(Storage, _settings);

    /// <summary>The names of all blobs in a container, as storage has them. Blocks that were never made a blob of are not among them: nobody sees them, and storage drops them.</summary>
    public async Task<IReadOnlyList<string>> BlobsAsync(string container)
    {
        var client = new BlobServiceClient(Storage.ConnectionString).GetBlobContainerClient(container);
        var names = new List<string>();
        if (await client.ExistsAsync(TestContext.Current.CancellationToken))
        {
            await foreach (var blob in client.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix: null, TestContext.Current.CancellationToken))
            {
                names.Add(blob.Name);
            }
        }

        return names;
    }

    /// <summary>Waits until nothing temporary is left of any job: it goes right after a job has ended.</summary>
    public async Task WaitUntilClearedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await BlobsAsync("jobs") is { Count: > 0 } left)
        {
            Assert.False(patience.IsCancellationRequested, $"Left over: {string.Join(", ", left)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await Servers.DisposeAsync();
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        await Storage.DisposeAsync();
    }

    private static async Task<JobApp> StartAsync(bool proxied, (string Name, string? Value)[] settings)
    {
        var storage = new StorageEmulator();
        var app = new JobApp(storage, proxied ? StorageProxy.Start(storage) : null, settings);
        try
        {
            var audio = await RenderedSpeech.RenderAsync();
            foreach (var name in ProviderServers.Names)
            {
                app.Servers[name].Audio = audio.Speak;
            }

            await storage.StartAsync();
            await app.StartAgainAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }
}
