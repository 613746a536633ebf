using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Problems;
using VoiceFunctions.Security;
using VoiceFunctions.Security.Limits;

namespace VoiceFunctions.Tests.Security.Limits;

public sealed class CallerLimitsTests
{
    private static readonly Caller Web = new("acme", "web", AccessRights.All) { KeyId = "web" };
    private static readonly Caller Phone = new("acme", "phone", AccessRights.All) { KeyId = "phone" };

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_MoreThanTheRate_IsToldWhenToComeBack()
    {
        using var limits = Limits(new SecurityOptions { RequestsPerMinute = 3 });
        for (var number = 0; number < 3; number++)
        {
            (await limits.EnterAsync(Web, Cancelled)).Dispose();
        }

        var problem = await Assert.ThrowsAsync<ProblemException>(async () => await limits.EnterAsync(Web, Cancelled));

        Assert.Equal(ProblemKind.RateLimited, problem.Kind);
        Assert.InRange(problem.RetryAfter!.Value, TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(20));
        // Another key has a rate of its own, and one with another rate that.
        (await limits.EnterAsync(Phone, Cancelled)).Dispose();
        (await limits.EnterAsync(Web with { RequestsPerMinute = 10 }, Cancelled)).Dispose();
    }

    [Fact]
    public async Task Enter_AfterARefill_IsLetIn()
    {
        // A request every twentieth of a second, and one at once.
        using var limits = Limits(new SecurityOptions { RequestsPerMinute = 1200 });
        for (var number = 0; number < 1200; number++)
        {
            (await limits.EnterAsync(Web, Cancelled)).Dispose();
        }

        ProblemException? refusal;
        do
        {
            refusal = (ProblemException?)await Record.ExceptionAsync(async () => (await limits.EnterAsync(Web, Cancelled)).Dispose());
            Assert.True(refusal is null || refusal.Kind == ProblemKind.RateLimited);
            await Task.Yield();
            Cancelled.ThrowIfCancellationRequested();
        }
        while (refusal is not null);
    }

    [Fact]
    public async Task Enter_WithoutAKey_HasNoRateUnlessOneIsSet()
    {
        using var free = Limits(new SecurityOptions { RequestsPerMinute = 1 });
        for (var number = 0; number < 100; number++)
        {
            (await free.EnterAsync(Caller.Anonymous, Cancelled)).Dispose();
        }

        using var limited = Limits(new SecurityOptions { AnonymousRequestsPerMinute = 1 });
        (await limited.EnterAsync(Caller.Anonymous, Cancelled)).Dispose();
        await RefusesAsync(limited, Caller.Anonymous, ProblemKind.RateLimited);
    }

    [Fact]
    public async Task Enter_WhilePlacesAreTaken_WaitsForOne()
    {
        using var limits = Limits(new SecurityOptions { ConcurrentRequestsPerKey = 2, QueuedRequests = 1 });
        var first = await limits.EnterAsync(Web, Cancelled);
        using var second = await limits.EnterAsync(Web, Cancelled);

        var waiting = limits.EnterAsync(Web, Cancelled).AsTask();
        Assert.False(waiting.IsCompleted);
        await RefusesAsync(limits, Web, ProblemKind.Overloaded);
        using var other = await limits.EnterAsync(Phone, Cancelled);
        first.Dispose();

        (await waiting).Dispose();
    }

    [Fact]
    public async Task Enter_AllPlacesTaken_WhoeverComesWaits()
    {
        using var limits = Limits(new SecurityOptions { ConcurrentRequests = 2, QueuedRequests = 1 });
        using var first = await limits.EnterAsync(Web, Cancelled);
        var second = await limits.EnterAsync(Phone, Cancelled);

        var waiting = limits.EnterAsync(Caller.Anonymous, Cancelled).AsTask();
        Assert.False(waiting.IsCompleted);
        await RefusesAsync(limits, Phone, ProblemKind.Overloaded);
        second.Dispose();

        (await waiting).Dispose();
    }

    [Fact]
    public async Task Enter_WaitsTooLong_IsRefused()
    {
        using var limits = Limits(new SecurityOptions { ConcurrentRequests = 1, QueuedRequests = 1, QueueTimeout = TimeSpan.FromSeconds(10) });
        using var place = await limits.EnterAsync(Caller.Anonymous, Cancelled);
        var waiting = limits.EnterAsync(Caller.Anonymous, Cancelled).AsTask();

        _time.Advance(TimeSpan.FromSeconds(10));

        var problem = await Assert.ThrowsAsync<ProblemException>(() => waiting);
        Assert.Equal(ProblemKind.Overloaded, problem.Kind);
        Assert.NotNull(problem.RetryAfter);
    }

    [Fact]
    public async Task Enter_CallerLeavesTheQueue_TakesNoPlace()
    {
        using var limits = Limits(new SecurityOptions { ConcurrentRequests = 1, QueuedRequests = 1 });
        var place = await limits.EnterAsync(Web, Cancelled);
        using var leaving = new CancellationTokenSource();
        var waiting = limits.EnterAsync(Web, leaving.Token).AsTask();

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        place.Dispose();

        (await limits.EnterAsync(Web, Cancelled)).Dispose();
    }

    private static async Task RefusesAsync(CallerLimits limits, Caller caller, ProblemKind kind) =>
        Assert.Equal(kind, (await Assert.ThrowsAsync<ProblemException>(async () => await limits.EnterAsync(caller, Cancelled))).Kind);

    private CallerLimits Limits(SecurityOptions options) => new(Options.Create(options), _time);
}
