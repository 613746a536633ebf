using Microsoft.Extensions.Options;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Storage;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Security.Budgets;

/// <summary>
/// Holds calls to the monthly budget of their key. What calls cost is known when they have ended, so those that are under way may go beyond it, and so may what
/// other instances have not stored yet.
/// </summary>
internal sealed class BudgetKeeper(MonthlySpending spending, IOptions<SecurityOptions> options, TimeProvider time)
{
    private static readonly TimeSpan StorageRetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Makes a call. Once its budget is used up, only with a stored result, which costs nothing.</summary>
    /// <param name="call">Whose call it is.</param>
    /// <param name="make">Makes it, as it is or changed.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="ProblemException">The budget is used up and nothing is stored, or how much of it is left cannot be told.</exception>
    public async Task<T> SpendAsync<T>(SpeechCall call, Func<SpeechCall, Task<T>> make, CancellationToken cancellationToken)
    {
        if (await FindRefusalAsync(call.Tenant, call.KeyName, call.MonthlyBudgetUsd, cancellationToken) is not { } refusal)
        {
            return await make(call);
        }

        if (call.Cache == CacheMode.Bypass)
        {
            throw refusal;
        }

        try
        {
            return await make(call with { Cache = CacheMode.Only });
        }
        catch (ProblemException problem) when (problem.Kind == ProblemKind.CacheMiss && call.Cache != CacheMode.Only)
        {
            throw refusal;
        }
    }

    /// <summary>Lets in who is about to order what will be paid for later.</summary>
    /// <exception cref="ProblemException">The budget is used up, or how much of it is left cannot be told.</exception>
    public async ValueTask DemandAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (await FindRefusalAsync(caller.Tenant, caller.KeyName, caller.MonthlyBudgetUsd, cancellationToken) is { } refusal)
        {
            throw refusal;
        }
    }

    private ValueTask<ProblemException?> FindRefusalAsync(string tenant, string? keyName, decimal? budget, CancellationToken cancellationToken) =>
        budget is { } limit && keyName is not null ? CompareAsync(tenant, keyName, limit, cancellationToken) : default;

    private async ValueTask<ProblemException?> CompareAsync(string tenant, string keyName, decimal budget, CancellationToken cancellationToken)
    {
        Spending spent;
        try
        {
            spent = await spending.TotalAsync(tenant, keyName, cancellationToken);
        }
        catch (Exception exception) when (StorageFailure.Is(exception, cancellationToken))
        {
            throw new ProblemException(ProblemKind.StorageUnavailable, "What is left of the budget is in storage, which cannot be reached.", exception) { RetryAfter = StorageRetryAfter };
        }

        if (spent.CostUsd + (spent.Unpriced * options.Value.UnpricedCallUsd) < budget)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var nextMonth = new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);
        return new ProblemException(ProblemKind.BudgetExceeded, "This month's budget of the key is used up. Stored results are still served.") { RetryAfter = nextMonth - now };
    }
}
