using EmbeddedFunctions.Durability.Replay;

namespace EmbeddedFunctions.Tests.Durability.Replay;

public sealed class DeterministicGuidTests
{
    [Fact]
    public void Create_OfTheSame_IsTheSameAndOtherwiseNot()
    {
        var guid = DeterministicGuid.Create("id", Runs.Time, 0);

        Assert.Equal(guid, DeterministicGuid.Create("id", Runs.Time, 0));
        Assert.NotEqual(guid, DeterministicGuid.Create("id", Runs.Time, 1));
        Assert.NotEqual(guid, DeterministicGuid.Create("id", Runs.Time.AddTicks(1), 0));
        Assert.NotEqual(guid, DeterministicGuid.Create("other", Runs.Time, 0));
    }

    [Fact]
    public void Create_IsAVersion5Uuid()
    {
        var guid = DeterministicGuid.Create("id", Runs.Time, 0);

        Assert.Equal(5, guid.Version);
        Assert.InRange(guid.Variant, 8, 11);
    }
}
