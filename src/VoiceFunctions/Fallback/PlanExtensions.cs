using VoiceFunctions.Problems;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

internal static class PlanExtensions
{
    /// <summary>The targets, unless the caller wants what is stored or nothing.</summary>
    /// <exception cref="ProblemException">The caller does, and nothing is stored.</exception>
    public static IReadOnlyList<T> UnlessOnlyCached<T>(this IReadOnlyList<T> plan, CacheMode cache) =>
        cache == CacheMode.Only ? throw new ProblemException(ProblemKind.CacheMiss, "No result for this request is stored.") : plan;
}
