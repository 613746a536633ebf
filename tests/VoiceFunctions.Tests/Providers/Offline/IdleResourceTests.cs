using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Providers.Offline;

namespace VoiceFunctions.Tests.Providers.Offline;

public class IdleResourceTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);
    private readonly FakeTimeProvider _time = new();
    private int _loads;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acquire_ManyAtOnce_LoadsOnce()
    {
        using var resource = Create();
        var leases = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => await resource.AcquireAsync(Token))));
        Assert.Equal(1, _loads);
        Assert.Single(leases.Select(lease => lease.Value).Distinct());
    }

    [Fact]
    public async Task Unload_AfterIdleTime_DisposesAndTheNextLoadsAnew()
    {
        using var resource = Create();
        var lease = await resource.AcquireAsync(Token);
        lease.Dispose();
        _time.Advance(Idle - TimeSpan.FromSeconds(1));
        Assert.True(resource.IsLoaded);
        Assert.False(lease.Value.IsDisposed);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(resource.IsLoaded);
        Assert.True(lease.Value.IsDisposed);
        using var next = await resource.AcquireAsync(Token);
        Assert.Equal(2, _loads);
        Assert.False(next.Value.IsDisposed);
    }

    [Fact]
    public async Task Unload_WhileInUse_Waits()
    {
        using var resource = Create();
        using var first = await resource.AcquireAsync(Token);
        (await resource.AcquireAsync(Token)).Dispose();
        _time.Advance(Idle * 3);
        Assert.False(first.Value.IsDisposed);
        resource.Dispose();
        Assert.False(first.Value.IsDisposed);
        first.Dispose();
        Assert.True(first.Value.IsDisposed);
    }

    [Fact]
    public async Task Release_Twice_CountsOnce()
    {
        using var resource = Create();
        using var first = await resource.AcquireAsync(Token);
        var second = await resource.AcquireAsync(Token);
        second.Dispose();
        second.Dispose();
        _time.Advance(Idle * 2);
        Assert.False(first.Value.IsDisposed);
    }

    [Fact]
    public async Task Acquire_AfterAFailedLoad_TriesAgain()
    {
        using var resource = new IdleResource<Thing>(() => ++_loads == 1 ? throw new InvalidDataException("damaged") : new Thing(), Idle, _time);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await resource.AcquireAsync(Token));
        Assert.False(resource.IsLoaded);
        using var lease = await resource.AcquireAsync(Token);
        Assert.Equal(2, _loads);
    }

    [Fact]
    public async Task Acquire_CancelledWhileLoading_LeavesTheLoadToOthers()
    {
        using var mayLoad = new ManualResetEventSlim();
        using var resource = new IdleResource<Thing>(
            () =>
            {
                mayLoad.Wait(Token);
                return new Thing();
            },
            Idle,
            _time);
        using var leaving = new CancellationTokenSource();
        var left = resource.AcquireAsync(leaving.Token).AsTask();
        var stays = resource.AcquireAsync(Token).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        mayLoad.Set();
        using var lease = await stays;
        Assert.False(lease.Value.IsDisposed);
    }

    private IdleResource<Thing> Create() => new(
        () =>
        {
            Interlocked.Increment(ref _loads);
            return new Thing();
        },
        Idle,
        _time);

    private sealed class Thing : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
