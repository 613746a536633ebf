using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Tests.Durability.History;

public sealed class PayloadTests
{
    [Theory]
    [InlineData('a', 48 * 1024, false)]
    [InlineData('a', (48 * 1024) + 1, true)]
    [InlineData('я', 24 * 1024, false)]
    [InlineData('я', (24 * 1024) + 1, true)]
    [InlineData('\u0001', 8 * 1024, false)]
    [InlineData('\u0001', (8 * 1024) + 1, true)]
    public void IsLarge_OfAText_CountsItsBytesInARow(char character, int length, bool expected) =>
        Assert.Equal(expected, Payloads.IsLarge(Payload.Of(new string(character, length))));

    [Fact]
    public void IsLarge_OfWhatIsInABlob_IsFalse() => Assert.False(Payloads.IsLarge(new Payload { Blob = "b" }));

    [Fact]
    public void Value_OfABlobThatWasNotLoaded_Throws() => Assert.Throws<InvalidOperationException>(() => new Payload { Blob = "b" }.Value);

    [Fact]
    public void Failure_OfADeepChainOfLongMessages_FitsARow()
    {
        Exception exception = new InvalidOperationException("the cause");
        for (var depth = 0; depth < 50; depth++)
        {
            exception = new InvalidOperationException(new string('ж', 100_000), exception);
        }

        var row = DurableJson.Write(new HistoryRow([new HistoryEvent.TaskFailed(0, Failure.Of(exception))], null));

        Assert.InRange(row.Length, 1, EmbeddedFunctions.Durability.Storage.RowEntity.LargestContent);
    }
}
