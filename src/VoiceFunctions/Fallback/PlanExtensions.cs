using VoiceFunctions.Problems;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

internal static class PlanExtensions
{
    /// <summary>The first result that is stored for a target, in the order of the plan. Nobody else is asked, and so nothing is tried.</summary>
    /// <param name="plan">Targets, in order.</param>
    /// <param name="find">Asks one target with <see cref="CacheMode.Only"/>.</param>
    /// <exception cref="ProblemException">Nothing is stored for any of them.</exception>
    public static async Task<TResponse> FirstStoredAsync<TTarget, TResponse>(this IReadOnlyList<TTarget> plan, Func<TTarget, Task<TResponse>> find)
    {
        foreach (var target in plan.SkipLast(1))
        {
            try
            {
                return await find(target);
            }
            catch (ProblemException problem) when (problem.Kind == ProblemKind.CacheMiss)
            {
                continue;
            }
        }

        return await find(plan[^1]);
    }
}
