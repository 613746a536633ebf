using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Tests.Durability.History;

public sealed class DurableJsonTests
{
    private static readonly DateTime Time = new(2024, 5, 6, 7, 8, 9, 123, DateTimeKind.Utc);

    public static TheoryData<object> Events =>
    [
        new HistoryEvent.EpisodeStarted(Time.AddTicks(1)),
        new HistoryEvent.TaskCompleted(1, null),
        new HistoryEvent.TaskFailed(2, new Failure("T", "message", "trace", new Failure("I", "inner", null, null)) { IsFinal = true }),
        new HistoryEvent.TimerFired(3),
        new HistoryEvent.Suspended(),
        new HistoryEvent.Resumed(),
        new HistoryEvent.TimerCreated(4, Time),
        new HistoryEvent.ActivityScheduled(0, "A", null),
        new HistoryEvent.ChildScheduled(5, "C", "id", null),
        new HistoryEvent.EventSent(6, "id", "E", null),
    ];

    [Theory]
    [MemberData(nameof(Events))]
    public void Row_OfAnEvent_ComesBackAsItWas(object item)
    {
        var row = DurableJson.Read<HistoryRow>(DurableJson.Write(new HistoryRow([(HistoryEvent)item], null)));

        Assert.Equal(item, Assert.Single(row.Events!));
    }

    [Theory]
    [InlineData("\"\\u0000 line\\n quote\\\" Привет 😀\"")]
    [InlineData("")]
    public void Row_OfAPayload_ComesBackAsItWas(string text)
    {
        var row = DurableJson.Read<HistoryRow>(DurableJson.Write(new HistoryRow([new HistoryEvent.EventRaised("E", Payload.Of(text))], null)));

        Assert.Equal(text, Assert.IsType<HistoryEvent.EventRaised>(Assert.Single(row.Events!)).Input!.Value);
    }

    [Fact]
    public void Row_OfHowItEnded_ComesBackAsItWas()
    {
        var row = DurableJson.Read<HistoryRow>(
            DurableJson.Write(new HistoryRow([new HistoryEvent.ExecutionEnded(InstanceStatus.Terminated, ["one", "two"])], null)));

        var ended = Assert.IsType<HistoryEvent.ExecutionEnded>(Assert.Single(row.Events!));
        Assert.Equal(InstanceStatus.Terminated, ended.Status);
        Assert.Equal(["one", "two"], ended.TerminatedChildren);
    }

    [Fact]
    public void Row_OfAHead_ComesBackAsItWas()
    {
        var head = new InstanceHead
        {
            Name = "N",
            InstanceId = "id",
            Generation = "g",
            Execution = 2,
            Status = InstanceStatus.Pending,
            CreatedAt = Time,
            UpdatedAt = Time,
            StartAt = Time,
            Parent = new ParentLink("P", "pid", "pg", 3, 0),
            OldGenerations = ["o"],
        };

        var read = DurableJson.Read<InstanceHead>(DurableJson.Write(head));

        Assert.Equal(head with { OldGenerations = read.OldGenerations }, read);
        Assert.Equal(["o"], read.OldGenerations);
    }
}
