using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Providers;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Readiness;

/// <summary>
/// Asks what the app depends on: storage by a round trip at every call, each configured provider by an unbilled call at most once a minute. Nothing is
/// reported as ready that did not answer.
/// </summary>
public sealed class ReadinessCheck(ProviderCatalog catalog, StorageProbe storage, TimeProvider time)
{
    private static readonly TimeSpan ProviderInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, DependencyDocument> _lastAnswers = new();

    public async Task<IResult> RunAsync(CancellationToken cancellationToken)
    {
        var store = AskAsync("storage", storage.RoundTripAsync, cancellationToken);
        var asked = catalog.All.Where(provider => provider is { Unconfigured: null, Probe: not null }).Select(provider => ProviderAsync(provider, cancellationToken));
        var providers = await Task.WhenAll(asked);
        var document = new ReadinessDocument((await store).Ready && providers.Any(provider => provider.Ready), await store, providers);
        return TypedResults.Json(document, ApiJson.Default.ReadinessDocument, statusCode: document.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<DependencyDocument> ProviderAsync(SpeechProvider provider, CancellationToken cancellationToken)
    {
        if (_lastAnswers.TryGetValue(provider.Name, out var last) && time.GetUtcNow() - last.CheckedAt < ProviderInterval)
        {
            return last;
        }

        var answer = await AskAsync(provider.Name, provider.Probe!, cancellationToken);
        return _lastAnswers[provider.Name] = answer;
    }

    private async Task<DependencyDocument> AskAsync(string name, Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var start = time.GetTimestamp();
        string? failure = null;
        try
        {
            await ask(linked.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            failure = patience.IsCancellationRequested ? $"No answer within {Patience.TotalSeconds} seconds." : exception.Message;
        }

        return new DependencyDocument(name, failure is null, failure, Math.Round(time.GetElapsedTime(start).TotalSeconds, 3), time.GetUtcNow());
    }
}
