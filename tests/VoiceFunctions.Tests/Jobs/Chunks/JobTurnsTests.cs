using VoiceFunctions.Jobs.Chunks;

namespace VoiceFunctions.Tests.Jobs.Chunks;

public sealed class JobTurnsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TakeAsync_MoreThanThereArePlaces_WaitsForOne()
    {
        var turns = new JobTurns(places: 2);
        var first = await turns.TakeAsync("a", Cancelled);
        using var second = await turns.TakeAsync("a", Cancelled);
        var third = turns.TakeAsync("a", Cancelled);

        Assert.False(third.IsCompleted);
        first.Dispose();
        first.Dispose();
        (await third).Dispose();
        using var fourth = await turns.TakeAsync("b", Cancelled);
        Assert.False(turns.TakeAsync("b", Cancelled).IsCompleted);
    }

    [Fact]
    public async Task TakeAsync_ManyChunksOfOneJob_LetAnotherJobHaveEverySecondTurn()
    {
        var turns = new JobTurns(places: 1);
        var place = await turns.TakeAsync("long", Cancelled);
        var order = new List<string>();
        var waiting = new[] { "long", "long", "long", "long", "short", "short" }.Select(job => NoteAsync(job)).ToList();

        place.Dispose();
        await Task.WhenAll(waiting);

        Assert.Equal(["long", "short", "long", "short", "long", "long"], order);

        async Task NoteAsync(string job)
        {
            using var mine = await turns.TakeAsync(job, Cancelled);
            order.Add(job);
        }
    }

    [Fact]
    public async Task TakeAsync_ChunkThatIsNoLongerWanted_LeavesItsTurnToTheNext()
    {
        var turns = new JobTurns(places: 1);
        var place = await turns.TakeAsync("a", Cancelled);
        using var leaving = new CancellationTokenSource();
        var left = turns.TakeAsync("b", leaving.Token);
        var next = turns.TakeAsync("c", Cancelled);

        await leaving.CancelAsync();
        place.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        (await next).Dispose();
        using var free = await turns.TakeAsync("d", Cancelled);
    }
}
