using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Problems;
using VoiceFunctions.Security;
using VoiceFunctions.Security.Keys;

namespace VoiceFunctions.Tests.Security.Keys;

public sealed class KeyRingTests : IDisposable
{
    private const int Ration = 5;

    private readonly TestKey _key = TestKey.Make();
    private readonly StubKeySource _source = new();
    private readonly FakeTimeProvider _time = new();
    private readonly KeyRing _ring;

    public KeyRingTests()
    {
        _source.Keys[_key.Stored.Id] = _key.Stored;
        _ring = new KeyRing(_source, Options.Create(new SecurityOptions { KeyLookupsPerSecond = Ration }), _time);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _ring.Dispose();

    [Fact]
    public async Task Find_AgainWithinTheLifetime_AsksStorageOnce()
    {
        Assert.Same(_key.Stored, await FindAsync());
        _time.Advance(TimeSpan.FromSeconds(14));
        Assert.Same(_key.Stored, await FindAsync());

        Assert.Equal(1, _source.Lookups);
    }

    [Fact]
    public async Task Find_ByManyAtOnce_AsksStorageOnce()
    {
        var gate = new TaskCompletionSource();
        _source.Gate = gate.Task;

        var finding = Enumerable.Range(0, Ration).Select(_ => FindAsync()).ToList();
        gate.SetResult();

        Assert.All(await Task.WhenAll(finding), found => Assert.Same(_key.Stored, found));
        Assert.Equal(1, _source.Lookups);
    }

    [Fact]
    public async Task Find_AtHalfTheLifetime_ReadsAgainWithoutWaiting()
    {
        await FindAsync();
        _time.Advance(TimeSpan.FromSeconds(15));
        var gate = new TaskCompletionSource();
        _source.Gate = gate.Task;
        var revoked = _key.Stored with { RevokedAt = _time.GetUtcNow() };
        _source.Keys[revoked.Id] = revoked;

        Assert.Same(_key.Stored, await FindAsync());
        Assert.Same(_key.Stored, await FindAsync());
        Assert.Equal(2, _source.Lookups);
        gate.SetResult();

        Assert.Same(revoked, await EventuallyAsync(found => found == revoked));
    }

    [Fact]
    public async Task Find_Revoked_IsKnownWhenTheLifetimeIsOver()
    {
        await FindAsync();
        var revoked = _key.Stored with { RevokedAt = _time.GetUtcNow() };
        _source.Keys[revoked.Id] = revoked;
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Same(revoked, await FindAsync());
    }

    [Fact]
    public async Task Find_StorageAway_KnowsWhatItHasReadForTheLifetime()
    {
        await FindAsync();
        _source.IsAway = true;
        _time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Same(_key.Stored, await FindAsync());
        _time.Advance(TimeSpan.FromSeconds(0.1));

        var problem = await Assert.ThrowsAsync<ProblemException>(FindAsync);

        Assert.Equal(ProblemKind.StorageUnavailable, problem.Kind);
        Assert.NotNull(problem.RetryAfter);
        _source.IsAway = false;
        Assert.Same(_key.Stored, await FindAsync());
    }

    [Fact]
    public async Task Find_UnknownId_IsRememberedToo()
    {
        var id = KeyText.NewId();
        Assert.Null(await FindAsync(id));
        Assert.Null(await FindAsync(id));

        Assert.Equal(1, _source.Lookups);
    }

    [Fact]
    public async Task Find_ByGuessing_CostsStorageNoMoreThanTheRation()
    {
        await FindAsync();
        var guesses = Enumerable.Range(0, 1000).Select(_ => FindAsync(KeyText.NewId())).ToList();

        var refused = 0;
        foreach (var guess in guesses.SkipLast(Ration))
        {
            refused += await Record.ExceptionAsync(() => guess) is ProblemException { Kind: var kind } && kind == ProblemKind.RateLimited ? 1 : 0;
        }

        // Of one second, and of those that wait for the next.
        Assert.InRange(refused, 1000 - (4 * Ration), 1000 - Ration);
        Assert.InRange(_source.Lookups, 1, 4 * Ration);
        // A key that is known is none of it.
        Assert.Same(_key.Stored, await FindAsync());
    }

    [Fact]
    public async Task Find_OfIdsThatCameOnce_DoesNotFillTheMemory()
    {
        using var ring = new KeyRing(_source, Options.Create(new SecurityOptions { KeyLookupsPerSecond = 10_000 }), _time);
        for (var round = 0; round < 10; round++)
        {
            for (var number = 0; number < 100; number++)
            {
                Assert.Null(await ring.FindAsync(KeyText.NewId(), Cancelled));
            }

            _time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.InRange(ring.Count, 1, 200);
    }

    [Fact]
    public async Task Find_CallerLeaves_TheLookupGoesOnForTheOthers()
    {
        var gate = new TaskCompletionSource();
        _source.Gate = gate.Task;
        using var leaving = new CancellationTokenSource();
        var left = _ring.FindAsync(_key.Stored.Id, leaving.Token).AsTask();
        var stays = FindAsync();

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        gate.SetResult();

        Assert.Same(_key.Stored, await stays);
        Assert.Equal(1, _source.Lookups);
    }

    private Task<AccessKey?> FindAsync() => FindAsync(_key.Stored.Id);

    private Task<AccessKey?> FindAsync(string id) => _ring.FindAsync(id, Cancelled).AsTask();

    private async Task<AccessKey?> EventuallyAsync(Predicate<AccessKey?> done)
    {
        while (true)
        {
            var found = await FindAsync();
            if (done(found))
            {
                return found;
            }

            await Task.Yield();
            Cancelled.ThrowIfCancellationRequested();
        }
    }
}
