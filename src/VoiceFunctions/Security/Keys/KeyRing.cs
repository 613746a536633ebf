using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using VoiceFunctions.Problems;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Security.Keys;

/// <summary>
/// Keys by their ids, as storage had them within <see cref="SecurityOptions.KeyLifetime"/>. A key that is in use is read again when half of that is over, so that
/// no request waits for it and a short outage of storage is not noticed. Look-ups of ids that are not known to be good are rationed: that bounds what guesses cost
/// storage, and with it how many of them are remembered here.
/// </summary>
internal sealed class KeyRing : IDisposable
{
    private static readonly TimeSpan RationRetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StorageRetryAfter = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, KeySlot> _slots = new();
    private readonly ConcurrentDictionary<string, KeySlot>.AlternateLookup<ReadOnlySpan<char>> _slotsBySpan;
    private readonly TokenBucketRateLimiter _ration;
    private readonly IKeySource _source;
    private readonly TimeProvider _time;
    private readonly TimeSpan _lifetime;
    private long _sweptAt;

    public KeyRing(IKeySource source, IOptions<SecurityOptions> options, TimeProvider time)
    {
        (_source, _time, _lifetime, _sweptAt) = (source, time, options.Value.KeyLifetime, time.GetTimestamp());
        _slotsBySpan = _slots.GetAlternateLookup<ReadOnlySpan<char>>();
        _ration = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.KeyLookupsPerSecond,
            TokensPerPeriod = options.Value.KeyLookupsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = options.Value.KeyLookupsPerSecond,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    /// <summary>Ids that are remembered, those of no key too.</summary>
    public int Count => _slots.Count;

    /// <summary><see langword="null"/> when there is no such key.</summary>
    /// <exception cref="ProblemException">Storage cannot be reached, or too many unknown ids were asked for.</exception>
    public ValueTask<AccessKey?> FindAsync(ReadOnlySpan<char> id, CancellationToken cancellationToken)
    {
        if (_slotsBySpan.TryGetValue(id, out var slot) && slot.Last is { } last)
        {
            var age = _time.GetElapsedTime(last.ReadAt);
            if (age < _lifetime)
            {
                if (last.Key is not null && age >= _lifetime / 2 && !slot.IsReading)
                {
                    _ = RefreshAsync(slot);
                }

                return new(last.Key);
            }

            if (last.Key is not null)
            {
                return new(ReadAsync(slot, cancellationToken));
            }
        }

        return new(LookUpAsync(id.ToString(), cancellationToken));
    }

    public void Dispose() => _ration.Dispose();

    private async Task<AccessKey?> LookUpAsync(string id, CancellationToken cancellationToken)
    {
        using var lease = await _ration.AcquireAsync(permitCount: 1, cancellationToken);
        if (!lease.IsAcquired)
        {
            throw new ProblemException(ProblemKind.RateLimited, "Too many keys that are not known here have been tried.") { RetryAfter = RationRetryAfter };
        }

        Sweep();
        return await ReadAsync(_slots.GetOrAdd(id, static id => new KeySlot(id)), cancellationToken);
    }

    private async Task<AccessKey?> ReadAsync(KeySlot slot, CancellationToken cancellationToken)
    {
        try
        {
            return await slot.ReadAsync(_source, _time).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (StorageFailure.Is(exception, cancellationToken))
        {
            throw new ProblemException(ProblemKind.StorageUnavailable, "Keys are in storage, which cannot be reached.", exception) { RetryAfter = StorageRetryAfter };
        }
    }

    private async Task RefreshAsync(KeySlot slot)
    {
        try
        {
            await slot.ReadAsync(_source, _time);
        }
        catch (Exception)
        {
            // Nobody waits for it. When what is known has become too old, a request will, and is told.
        }
    }

    /// <summary>Forgets what is too old, as often as that can have happened. Only look-ups add something, so they are the time for it.</summary>
    private void Sweep()
    {
        var swept = Interlocked.Read(ref _sweptAt);
        if (_time.GetElapsedTime(swept) < _lifetime || Interlocked.CompareExchange(ref _sweptAt, _time.GetTimestamp(), swept) != swept)
        {
            return;
        }

        foreach (var (id, slot) in _slots)
        {
            if (!slot.IsReading && (slot.Last is not { } last || _time.GetElapsedTime(last.ReadAt) >= _lifetime))
            {
                _slots.TryRemove(new(id, slot));
            }
        }
    }
}
