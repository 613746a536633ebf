using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Resilience;

/// <summary>The one pipeline of each provider and operation, made with the catalog and kept as long as the app runs.</summary>
internal sealed class ProviderPipelines(
    ProviderCatalog catalog, IOptions<ResilienceOptions> options, ProviderMetrics metrics, TimeProvider time, ILogger<ProviderPipeline> logger)
{
    private readonly FrozenDictionary<(string Provider, SpeechOperation Operation), ProviderPipeline> _pipelines = catalog.All
        .SelectMany(provider => Enum.GetValues<SpeechOperation>(), (provider, operation) => (provider, operation))
        .ToFrozenDictionary(pair => (pair.provider.Name, pair.operation), pair => new ProviderPipeline(pair.provider, pair.operation, options.Value, metrics, time, logger));

    public ProviderPipeline For(string provider, SpeechOperation operation) => _pipelines[(provider, operation)];
}
