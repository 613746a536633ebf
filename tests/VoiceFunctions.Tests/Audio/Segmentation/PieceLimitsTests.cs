using VoiceFunctions.Audio.Segmentation;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Audio.Segmentation;

public class PieceLimitsTests
{
    private static readonly TimeSpan Wanted = TimeSpan.FromMinutes(3);

    [Fact]
    public void For_ModelsWithoutLimits_IsWhatIsWanted() => Assert.Equal(Wanted, PieceLimits.For([Model(), Model()], Wanted).MaxDuration);

    [Fact]
    public void For_SeveralModels_IsWhatAllTake() =>
        Assert.Equal(TimeSpan.FromMinutes(1), PieceLimits.For([Model(), Model(seconds: 60), Model(seconds: 7200)], Wanted).MaxDuration);

    [Fact]
    public void For_BytesThatHoldLess_IsWhatTheyHold() =>
        Assert.Equal(TimeSpan.FromSeconds(31), PieceLimits.For([Model(bytes: 1_000_000)], Wanted).MaxDuration);

    [Theory]
    [InlineData(32_000 * 20, 19)]
    [InlineData((32_000 * 20) + 44, 20)]
    public void For_Bytes_CountTheHeader(long bytes, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), PieceLimits.For([Model(bytes: bytes)], Wanted).MaxDuration);

    [Fact]
    public void For_ModelThatTakesNextToNothing_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PieceLimits.For([Model(bytes: 10_000)], Wanted));

    private static RecognitionModel Model(double? seconds = null, long? bytes = null) => new("m")
    {
        Languages = [],
        Containers = [],
        MaxBytes = bytes,
        MaxDuration = seconds is { } longest ? TimeSpan.FromSeconds(longest) : null,
    };
}
