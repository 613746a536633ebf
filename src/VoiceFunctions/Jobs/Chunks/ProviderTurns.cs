using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>The turns of each provider and operation, for all jobs of this process.</summary>
internal sealed class ProviderTurns(ProviderCatalog catalog, IOptions<ChunkOptions> options)
{
    private readonly FrozenDictionary<(string Provider, SpeechOperation Operation), JobTurns> _turns = catalog.All
        .SelectMany(provider => Enum.GetValues<SpeechOperation>(), (provider, operation) => (provider, operation))
        .ToFrozenDictionary(pair => (pair.provider.Name, pair.operation), pair => new JobTurns(Places(pair.provider, options.Value)));

    public JobTurns For(string provider, SpeechOperation operation) => _turns[(provider, operation)];

    private static int Places(SpeechProvider provider, ChunkOptions options) => Math.Max(1, (int)(provider.Concurrency * options.ProviderShare));
}
