using EmbeddedFunctions.Hosting.Blobs;

namespace EmbeddedFunctions.Tests.Blobs;

public sealed class ScanPaceTests
{
    [Fact]
    public void Next_NothingNew_SlowsDownToFiveSecondsUntilSomethingIs()
    {
        var pace = new ScanPace();

        Assert.Equal([1.5, 2.25, 3.375, 5, 5], Enumerable.Range(0, 5).Select(_ => pace.Next(0, TimeSpan.FromMilliseconds(5)).TotalSeconds));
        Assert.Equal(1, pace.Next(1, TimeSpan.FromMilliseconds(5)).TotalSeconds);
    }

    [Fact]
    public void Next_LongListing_RestsTwentyTimesAsLongAndNoMoreThanAMinute()
    {
        var pace = new ScanPace();

        Assert.Equal(20, pace.Next(1, TimeSpan.FromSeconds(1)).TotalSeconds);
        Assert.Equal(60, pace.Next(0, TimeSpan.FromSeconds(30)).TotalSeconds);
    }
}
