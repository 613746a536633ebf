using Azure;
using CsCheck;
using EmbeddedFunctions.Hosting.Blobs;

namespace EmbeddedFunctions.Tests.Blobs;

public sealed class ScanWindowTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void IsNew_SameVersionTwice_IsNewOnce()
    {
        var window = new ScanWindow(DateTimeOffset.MinValue);

        Assert.True(window.IsNew("a", new ETag("1"), Start));
        Assert.False(window.IsNew("a", new ETag("1"), Start));
        Assert.True(window.IsNew("a", new ETag("2"), Start));
        Assert.True(window.IsNew("b", new ETag("1"), Start));
    }

    [Fact]
    public void Advance_NothingNewForAWhile_RemembersTheLastSecondOnly()
    {
        var window = new ScanWindow(DateTimeOffset.MinValue);
        for (var index = 0; index < 1000; index++)
        {
            window.IsNew($"{index}", new ETag("1"), Start.AddSeconds(index));
        }

        window.Advance(Start.AddSeconds(1100));

        Assert.Equal(Start.AddSeconds(999), window.Start);
        Assert.Equal(1, window.Count);
        Assert.False(window.IsNew("5", new ETag("1"), Start.AddSeconds(5)));
        Assert.True(window.IsNew("late", new ETag("1"), Start.AddSeconds(999)));
    }

    [Fact]
    public void Advance_EmptyContainer_StaysOpen()
    {
        var window = new ScanWindow(DateTimeOffset.MinValue);

        window.Advance(Start);

        Assert.True(window.IsNew("copied", new ETag("1"), Start.AddDays(-1)));
    }

    /// <summary>Blobs are written, and overwritten, between the pages of listings that are in the order of names, as those of the service are.</summary>
    [Fact]
    public void IsNew_WritesBetweenThePagesOfListings_ShowsTheLastVersionOfEachOnce()
    {
        var write = Gen.Select(Gen.Int[0, 40], Gen.Int[0, 6000]);
        var page = Gen.Select(write.List[0, 6], Gen.Int[1, 10]);
        page.List[1, 80].Sample(
            pages =>
            {
                var now = Start;
                var version = 0;
                var service = new SortedDictionary<string, (int Version, DateTimeOffset Modified)>(StringComparer.Ordinal);
                var seen = new List<(string Name, int Version)>();
                var window = new ScanWindow(DateTimeOffset.MinValue);
                string? marker = null;
                var listedFrom = now;

                void List(int size)
                {
                    listedFrom = marker is null ? Seconds(now) : listedFrom;
                    var names = service.Keys.Where(name => marker is null || string.CompareOrdinal(name, marker) > 0).Take(size).ToList();
                    foreach (var name in names.Where(name => window.IsNew(name, new ETag($"{service[name].Version}"), service[name].Modified)))
                    {
                        seen.Add((name, service[name].Version));
                    }

                    marker = names.Count < size ? null : names[^1];
                    if (marker is null)
                    {
                        window.Advance(listedFrom);
                    }
                }

                foreach (var (writes, size) in pages)
                {
                    foreach (var (blob, milliseconds) in writes)
                    {
                        now = now.AddMilliseconds(milliseconds);
                        service[$"{blob:00}"] = (++version, Seconds(now));
                    }

                    List(size);
                }

                List(1000);
                List(1000);
                return seen.Count == seen.Distinct().Count() && service.All(blob => seen.Contains((blob.Key, blob.Value.Version)));
            },
            iter: 2000);
    }

    // The service's times are whole seconds.
    private static DateTimeOffset Seconds(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
