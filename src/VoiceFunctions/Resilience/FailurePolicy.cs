using VoiceFunctions.Providers;

namespace VoiceFunctions.Resilience;

/// <summary>What follows from a provider's failure. Decided by its kind alone, and here alone, for calls that somebody waits for and for durable ones.</summary>
internal static class FailurePolicy
{
    /// <summary>Whether the same call may succeed when it is made again at the same target.</summary>
    public static bool IsTransient(ProviderFailureKind kind) => kind is
        ProviderFailureKind.Unavailable or ProviderFailureKind.RateLimited or ProviderFailureKind.BadResult or ProviderFailureKind.Timeout
        or ProviderFailureKind.CircuitOpen or ProviderFailureKind.Overloaded;

    /// <summary>
    /// Whether it is worth asking again at once. A time-out has cost all the time that a waiting caller can spare one target; an open circuit and a full
    /// queue will be no different in a moment.
    /// </summary>
    public static bool IsWorthAnImmediateRetry(ProviderException failure, TimeSpan longestWait) =>
        failure.Kind is ProviderFailureKind.Unavailable or ProviderFailureKind.RateLimited or ProviderFailureKind.BadResult
        && failure.RetryAfter.GetValueOrDefault() <= longestWait;

    /// <summary>Whether the failure says something about the provider's health, rather than about this one call.</summary>
    public static bool CountsAgainstProvider(ProviderFailureKind kind) => kind is
        ProviderFailureKind.Unavailable or ProviderFailureKind.Timeout or ProviderFailureKind.RateLimited or ProviderFailureKind.BadResult
        or ProviderFailureKind.Unauthorized;

    /// <summary>Whether another target may do better. A call that one provider refuses as wrong is wrong everywhere, unless the other can do more.</summary>
    public static bool MovesOn(ProviderFailureKind kind, bool nextCanDoMore) => kind != ProviderFailureKind.InvalidRequest || nextCanDoMore;
}
