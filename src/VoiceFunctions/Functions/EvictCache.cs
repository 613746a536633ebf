using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Caching;

namespace VoiceFunctions.Functions;

/// <summary>Every hour: removes the stored results that are too old or too many, and what crashes have left of some.</summary>
public sealed class EvictCache(SpeechEviction eviction)
{
    [Function(nameof(EvictCache))]
    public Task RunAsync([TimerTrigger("0 0 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => eviction.RunAsync(cancellationToken);
}
