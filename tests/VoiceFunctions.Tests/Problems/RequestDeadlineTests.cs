using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Problems;

public sealed class RequestDeadlineTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(null, 60)]
    [InlineData("1", 1)]
    [InlineData("1.5", 1.5)]
    [InlineData("220", 220)]
    [InlineData("220.0", 220)]
    public async Task RunAsync_TimeIsUp_EndsAtTheSecondAskedFor(string? header, double seconds)
    {
        using var deadline = Deadline(header);
        var running = deadline.RunAsync(Hang);

        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        Assert.False(running.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(10_000));

        var problem = await Assert.ThrowsAsync<ProblemException>(() => running);
        Assert.Equal(ProblemKind.DeadlineExceeded, problem.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0.999")]
    [InlineData("-5")]
    [InlineData("220.001")]
    [InlineData("1e2")]
    [InlineData("1,5")]
    [InlineData("5,10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("0x10")]
    [InlineData("٥")]
    [InlineData("60s")]
    public void Constructor_NoNumberInRange_NamesTheHeader(string header)
    {
        var problem = Assert.Throws<ProblemException>(() => Deadline(header));

        Assert.Equal([RequestDeadline.Header], problem.Errors!.Keys);
    }

    [Fact]
    public async Task RunAsync_TimeIsUpAfterAttempts_TellsThem()
    {
        using var deadline = Deadline("1");
        SpeechAttempt[] attempts = [new("a", "m", "cancelled", "Still under way.", 1)];
        var running = deadline.RunAsync<int>(async token =>
        {
            try
            {
                return await Hang(token);
            }
            catch (OperationCanceledException exception)
            {
                throw new AttemptsCancelledException(attempts, exception, token);
            }
        });

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Same(attempts, (await Assert.ThrowsAsync<ProblemException>(() => running)).Attempts);
    }

    [Fact]
    public async Task RunAsync_CallerLeaves_IsNoDeadline()
    {
        using var caller = new CancellationTokenSource();
        using var deadline = new RequestDeadline(TestRequest.With(), _time, caller.Token);
        var running = deadline.RunAsync(Hang);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task RunAsync_CallerLeavesAndThenTheTimeIsUp_IsNoDeadline()
    {
        using var caller = new CancellationTokenSource();
        using var deadline = new RequestDeadline(TestRequest.With(), _time, caller.Token);
        await caller.CancelAsync();
        _time.Advance(TimeSpan.FromMinutes(2));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => deadline.RunAsync(Hang));
    }

    [Fact]
    public async Task RunAsync_OwnCancellationBeforeTheTimeIsUp_IsNoDeadline()
    {
        using var deadline = Deadline("5");

        await Assert.ThrowsAsync<OperationCanceledException>(() => deadline.RunAsync<int>(_ => throw new OperationCanceledException()));
    }

    [Fact]
    public async Task RunAsync_Done_AnswersTheResult()
    {
        using var deadline = Deadline("5");

        Assert.Equal(7, await deadline.RunAsync(_ => Task.FromResult(7)));
    }

    private static async Task<int> Hang(CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token);
        return 0;
    }

    private RequestDeadline Deadline(string? header) => new(
        header is null ? TestRequest.With() : TestRequest.With((RequestDeadline.Header, header)), _time, CancellationToken.None);
}
