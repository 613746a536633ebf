using VoiceFunctions.Jobs.Orchestration;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Jobs.Orchestration;

public sealed class ChunkWalkTests
{
    private const int Tries = 4;

    private static readonly DateTimeOffset Start = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly JobTarget First = Target(0);
    private static readonly JobTarget Second = Target(1);

    private static readonly RetryRules Rules = new()
    {
        InFlight = 8,
        Delay = TimeSpan.FromSeconds(2),
        MaxDelay = TimeSpan.FromSeconds(60),
        Patience = TimeSpan.FromSeconds(10),
        Tries = Tries,
        LastTries = Tries,
        UselessAnswers = 2,
        ReportInterval = TimeSpan.FromSeconds(1),
    };

    private DateTimeOffset _now = Start;

    [Fact]
    public void Next_NothingTried_AsksTheFirstTarget() => Assert.Equal(new ChunkStep.Try(First), Walk().Next(_now));

    [Theory]
    [InlineData(ProviderFailureKind.Unavailable)]
    [InlineData(ProviderFailureKind.Timeout)]
    [InlineData(ProviderFailureKind.RateLimited)]
    [InlineData(ProviderFailureKind.CircuitOpen)]
    public void Next_AfterAPassingFailure_WaitsTwiceAsLongEachTime(ProviderFailureKind kind)
    {
        var walk = new ChunkWalk([First], Rules, Tries, number: 0);

        Assert.Equal([2, 4, 8], Enumerable.Range(0, Tries - 1).Select(_ => WaitAfter(walk, First, kind)));
        walk.Failed(First, Failure(kind), _now);
        Assert.IsType<ChunkStep.GiveUp>(walk.Next(_now));
    }

    [Fact]
    public void Next_NobodyElseCanBeAsked_WaitsAsLongAsTheProviderAsks()
    {
        var walk = new ChunkWalk([First], Rules, Tries, number: 0);

        Assert.Equal(600, WaitAfter(walk, First, ProviderFailureKind.RateLimited, TimeSpan.FromMinutes(10)));
        Assert.Equal(new ChunkStep.Try(First), walk.Next(_now));
    }

    [Fact]
    public void Next_ShortWait_StaysWithTheTarget() => Assert.Equal(9, WaitAfter(Walk(), First, ProviderFailureKind.RateLimited, TimeSpan.FromSeconds(9)));

    [Fact]
    public void Next_LongWait_GoesByAtTheNextTargetAndComesBack()
    {
        var walk = Walk();

        walk.Failed(First, Failure(ProviderFailureKind.RateLimited, TimeSpan.FromMinutes(1)), _now);
        Assert.Equal(new ChunkStep.Try(Second), walk.Next(_now));
        walk.Failed(Second, Failure(ProviderFailureKind.RateLimited, TimeSpan.FromMinutes(2)), _now);
        Assert.Equal(new ChunkStep.Wait(_now.AddMinutes(1)), walk.Next(_now));
        Assert.Equal(new ChunkStep.Try(First), walk.Next(_now.AddMinutes(1)));
    }

    [Theory]
    [InlineData(ProviderFailureKind.Unauthorized)]
    [InlineData(ProviderFailureKind.UnsupportedLanguage)]
    [InlineData(ProviderFailureKind.NotRecognised)]
    public void Next_AfterAFailureThatStays_LeavesTheTargetForGood(ProviderFailureKind kind)
    {
        var walk = Walk();

        walk.Failed(First, Failure(kind), _now);
        Assert.Equal(new ChunkStep.Try(Second), walk.Next(_now));
        walk.Failed(Second, Failure(kind), _now);

        Assert.IsType<ChunkStep.GiveUp>(walk.Next(_now.AddDays(1)));
        Assert.Equal([(0, kind), (1, kind)], walk.Failures.Select(failure => (failure.Target, failure.Kind)));
    }

    [Fact]
    public void Next_RefusedAsWrong_AsksOnlyATargetThatCanDoMore()
    {
        var more = Target(2) with { CanDoMoreThan = [0] };
        var walk = new ChunkWalk([First, Second, more], Rules, Tries, number: 0);

        walk.Failed(First, Failure(ProviderFailureKind.InvalidRequest), _now);

        Assert.Equal(new ChunkStep.Try(more), walk.Next(_now));
    }

    [Fact]
    public void Next_UselessAnswers_AreNotBoughtAgainAndAgain()
    {
        var walk = new ChunkWalk([First], Rules, Tries, number: 0);

        Assert.Equal(2, WaitAfter(walk, First, ProviderFailureKind.BadResult));
        walk.Failed(First, Failure(ProviderFailureKind.BadResult), _now);

        Assert.IsType<ChunkStep.GiveUp>(walk.Next(_now));
    }

    [Fact]
    public void Next_NeverLetInFrontOfTheProvider_CountsAsNoTry()
    {
        var walk = new ChunkWalk([First], Rules, Tries, number: 0);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(2, WaitAfter(walk, First, ProviderFailureKind.Overloaded)));
    }

    [Fact]
    public void Next_ChunksThatFailedTogether_ComeBackOneAfterTheOther()
    {
        var waits = Enumerable.Range(0, 8).Select(number => WaitAfter(new ChunkWalk([First], Rules, Tries, number), First, ProviderFailureKind.Unavailable)).ToList();

        Assert.Equal(waits.Distinct().Order(), waits);
        Assert.All(waits, wait => Assert.InRange(wait, 2, 2.5));
    }

    private static ChunkWalk Walk() => new([First, Second], Rules, Tries, number: 0);

    private static JobTarget Target(int number) => new(number, $"provider-{number}", "model", Split: 0, Chunks: 1);

    private static ChunkOutcome Failure(ProviderFailureKind kind, TimeSpan? retryAfter = null) => new() { Failure = kind, Detail = "Scripted.", RetryAfter = retryAfter };

    /// <summary>Seconds that the walk waits after a failure. They have passed then.</summary>
    private double WaitAfter(ChunkWalk walk, JobTarget target, ProviderFailureKind kind, TimeSpan? retryAfter = null)
    {
        walk.Failed(target, Failure(kind, retryAfter), _now);
        var wait = Assert.IsType<ChunkStep.Wait>(walk.Next(_now));
        var seconds = (wait.Until - _now).TotalSeconds;
        _now = wait.Until;
        return seconds;
    }
}
