using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Readiness;

/// <summary>
/// Asks what the app depends on: storage by a round trip at every call; each configured provider, where no call of the last minute has shown it, by an
/// unbilled call. Nothing is reported as ready that has not answered.
/// </summary>
public sealed class ReadinessCheck
{
    private static readonly TimeSpan ProviderInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, DependencyDocument> _lastAnswers = new();
    private readonly ProviderCatalog _catalog;
    private readonly ProviderPipelines _pipelines;
    private readonly StorageProbe _storage;
    private readonly TimeProvider _time;

    internal ReadinessCheck(ProviderCatalog catalog, ProviderPipelines pipelines, StorageProbe storage, TimeProvider time) =>
        (_catalog, _pipelines, _storage, _time) = (catalog, pipelines, storage, time);

    public async Task<IResult> RunAsync(CancellationToken cancellationToken)
    {
        var storage = AskAsync("storage", _storage.RoundTripAsync, cancellationToken);
        var configured = _catalog.All.Where(provider => provider.Unconfigured is null);
        var providers = await Task.WhenAll(configured.Select(provider => ProviderAsync(provider, cancellationToken)));
        var document = new ReadinessDocument((await storage).Ready && providers.Any(provider => provider.Ready), await storage, providers);
        return TypedResults.Json(document, ApiJson.Wire.ReadinessDocument, statusCode: document.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<DependencyDocument> ProviderAsync(SpeechProvider provider, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (LastSuccess(provider.Name) is { } success && now - success < ProviderInterval)
        {
            return new DependencyDocument(provider.Name, Ready: true, "Shown by a call.", Elapsed: 0, success);
        }

        if (_lastAnswers.TryGetValue(provider.Name, out var last) && now - last.CheckedAt < ProviderInterval)
        {
            return last;
        }

        return provider.Probe is null
            ? new DependencyDocument(provider.Name, Ready: false, "Not known: there has been no call within a minute, and it has none that is not billed.", Elapsed: 0, now)
            : _lastAnswers[provider.Name] = await AskAsync(provider.Name, provider.Probe, cancellationToken);
    }

    private DateTimeOffset? LastSuccess(string provider) =>
        Enum.GetValues<SpeechOperation>().Max(operation => _pipelines.For(provider, operation).Traffic.LastSuccessAt);

    private async Task<DependencyDocument> AskAsync(string name, Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var start = _time.GetTimestamp();
        string? failure = null;
        try
        {
            await ask(linked.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            failure = patience.IsCancellationRequested ? $"No answer within {Patience.TotalSeconds} seconds." : exception.Message;
        }

        return new DependencyDocument(name, failure is null, failure, Math.Round(_time.GetElapsedTime(start).TotalSeconds, 3), _time.GetUtcNow());
    }
}
