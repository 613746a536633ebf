using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Usage;

/// <summary>
/// What calls under each key's name cost in a month, for budgets. It could be added up from the rows of every minute, but a busy tenant has a hundred thousand of those by
/// the end of a month; so each instance keeps one row of its total as well, and stores it together with them.
/// </summary>
internal sealed class MonthlySpending(UsageTable table, IOptions<UsageOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<SpendingMonth, KeySpending> _keys = new();
    private readonly string _instance = Guid.NewGuid().ToString("N");

    /// <summary>Adds a call, if it came with a key and was not free.</summary>
    public void Add(UsageRecord call)
    {
        if (call.Series.KeyName is { } name && Spending.Of(call) is var spending && spending != default)
        {
            Of(call.Tenant, name).Add(spending);
        }
    }

    /// <summary>The costs of the month so far: exact for this instance, as of their last flushes for others.</summary>
    /// <exception cref="Azure.RequestFailedException">Storage cannot be reached, and what other instances have stored was never read.</exception>
    public ValueTask<Spending> TotalAsync(string tenant, string keyName, CancellationToken cancellationToken) =>
        Of(tenant, keyName).TotalAsync(table, options.Value.FlushInterval, time, cancellationToken);

    /// <summary>Totals of this instance that have changed since they were stored.</summary>
    public IReadOnlyList<(KeySpending Key, UsageRow Row)> Changes() => [.. _keys.Values.Where(key => key.IsChanged).Select(key => (key, key.ToRow()))];

    /// <summary>Lets go of months that are over and stored.</summary>
    public void Trim()
    {
        var now = time.GetUtcNow();
        foreach (var (month, key) in _keys)
        {
            if (month != SpendingMonth.Of(month.Tenant, month.KeyName, now) && !key.IsChanged)
            {
                _keys.TryRemove(new(month, key));
            }
        }
    }

    private KeySpending Of(string tenant, string keyName) =>
        _keys.GetOrAdd(SpendingMonth.Of(tenant, keyName, time.GetUtcNow()), static (month, instance) => new KeySpending(month, instance), _instance);
}
