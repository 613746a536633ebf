using EmbeddedFunctions.Durability.Replay;

namespace EmbeddedFunctions.Tests.Durability.Replay;

public sealed class EventInboxTests
{
    private readonly EventInbox _inbox = new();

    [Fact]
    public async Task Events_BeforeTheirWaits_AreTakenInOrder()
    {
        _inbox.Raise(Runs.Raised("E", 1));
        _inbox.Raise(Runs.Raised("other", 9));
        _inbox.Raise(Runs.Raised("e", 2));

        Assert.Equal(1, await Wait("E").Task);
        Assert.Equal(2, await Wait("E").Task);
        Assert.Equal(["other"], _inbox.Unprocessed.Select(item => item.Name));
    }

    [Fact]
    public async Task Event_ForSeveralWaits_GoesToTheLatest()
    {
        var (first, second) = (Wait("E"), Wait("E"));
        _inbox.Raise(Runs.Raised("E", 1));
        Assert.False(first.Task.IsCompleted);
        _inbox.Raise(Runs.Raised("E", 2));

        Assert.Equal(1, await second.Task);
        Assert.Equal(2, await first.Task);
        Assert.False(_inbox.HasWaits);
    }

    [Fact]
    public async Task Event_AfterItsWaitWasCancelled_IsKept()
    {
        var cancelled = Wait("E");
        Assert.True(cancelled.Cancel(new CancellationToken(canceled: true)));
        _inbox.Remove(cancelled);
        _inbox.Raise(Runs.Raised("E", 1));

        Assert.Equal(1, await Wait("E").Task);
    }

    [Fact]
    public async Task Event_ThatDoesNotConvert_FailsItsWait()
    {
        var wait = Wait("E");
        _inbox.Raise(Runs.Raised("E", "text"));

        await Assert.ThrowsAsync<System.Text.Json.JsonException>(() => wait.Task);
    }

    [Fact]
    public void Wait_WithAnotherType_Throws()
    {
        Wait("E");

        Assert.Throws<ArgumentException>(() => _inbox.Wait(new EventWait<string>("e", Runs.Converter)));
    }

    private EventWait<int> Wait(string name)
    {
        var wait = new EventWait<int>(name, Runs.Converter);
        _inbox.Wait(wait);
        return wait;
    }
}
