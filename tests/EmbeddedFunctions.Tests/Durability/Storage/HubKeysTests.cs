using System.Buffers;
using CsCheck;
using EmbeddedFunctions.Durability.Storage;

namespace EmbeddedFunctions.Tests.Durability.Storage;

public sealed class HubKeysTests
{
    /// <summary>What Table Storage forbids in a key (learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model).</summary>
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\#?%+\t\n");

    [Theory]
    [InlineData("plain-id_1.2", "i-plain-id_1.2")]
    [InlineData("a/b", "i-a=2Fb")]
    [InlineData("a=2Fb", "i-a=3D2Fb")]
    [InlineData("1f2e:0001", "i-1f2e=3A0001")]
    [InlineData("é", "i-=C3=A9")]
    public void Instance_OfAnId_EscapesIt(string id, string expected) => Assert.Equal(expected, HubKeys.Instance(id));

    [Fact]
    public void Instance_OfTwoIds_IsTheSameOnlyIfTheyAre() => Gen.Select(Ids, Ids).Sample(ids =>
    {
        Assert.Equal(ids.Item1 == ids.Item2, HubKeys.Instance(ids.Item1) == HubKeys.Instance(ids.Item2));
        Assert.Equal(-1, HubKeys.Instance(ids.Item1).AsSpan().IndexOfAny(Forbidden));
    });

    [Fact]
    public void Instances_OfAPrefix_HaveWhatBeginsWithIt() => Gen.Select(Ids, Ids).Sample(ids =>
    {
        var (from, to) = HubKeys.Instances(ids.Item1);
        var key = HubKeys.Instance(ids.Item2);
        Assert.Equal(
            ids.Item2.StartsWith(ids.Item1, StringComparison.Ordinal),
            string.CompareOrdinal(from, key) <= 0 && string.CompareOrdinal(key, to) < 0);
    });

    [Fact]
    public void Instance_OfWhatIsNoId_Throws()
    {
        Assert.Throws<ArgumentException>(() => HubKeys.Instance(string.Empty));
        // Half of a surrogate pair has no UTF-8.
        Assert.ThrowsAny<ArgumentException>(() => HubKeys.Instance(new string((char)0xD800, 1)));
    }

    [Fact]
    public void Instance_OfAnIdThatIsTooLong_Throws() => Assert.Throws<ArgumentException>(() => HubKeys.Instance(new string('a', 500)));

    [Fact]
    public void Keys_OfAnInstance_SortAsTheyAreRead()
    {
        string[] keys =
        [
            HubKeys.CarryOver(1), HubKeys.History(1, 0), HubKeys.History(1, 10), HubKeys.HistoryOf(2), HubKeys.History(2, 9), HubKeys.History(10, 0), HubKeys.Head,
            HubKeys.Message(1), HubKeys.Message(long.MaxValue), HubKeys.MessagesTo, HubKeys.EndOfInstance, HubKeys.Receipt("a"), HubKeys.ReceiptsTo,
        ];

        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
    }

    [Fact]
    public void Keys_OfTheIndex_SortByTime()
    {
        var early = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        Assert.True(string.CompareOrdinal(HubKeys.Timer(early, "f"), HubKeys.TimerBefore(early.AddTicks(1))) < 0);
        Assert.True(string.CompareOrdinal(HubKeys.Wake(early.Ticks), HubKeys.WakeFrom(early.Ticks)) > 0);
        Assert.Equal(early.Ticks, HubKeys.TicksOf(HubKeys.Wake(early.Ticks)));
    }

    private static Gen<string> Ids => Gen.String[Gen.Char["ab/=2F%é:"], 1, 5];
}
