using CsCheck;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Tests.Resilience;

public sealed class ProviderTrafficTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Noon);

    [Fact]
    public void Snapshot_NoTraffic_IsEmpty() => Assert.Equal(new TrafficSnapshot(), new ProviderTraffic(_time).Snapshot());

    [Fact]
    public void Snapshot_SuccessAndFailure_TellsTheLastOfEach()
    {
        var traffic = new ProviderTraffic(_time);
        traffic.Failed(ProviderFailureKind.Timeout);
        _time.Advance(TimeSpan.FromSeconds(1));
        traffic.Failed(ProviderFailureKind.RateLimited);
        _time.Advance(TimeSpan.FromSeconds(1));
        traffic.Succeeded(TimeSpan.FromSeconds(0.25));

        var expected = new TrafficSnapshot
        {
            LastFailureAt = Noon.AddSeconds(1),
            LastFailure = ProviderFailureKind.RateLimited,
            LastSuccessAt = Noon.AddSeconds(2),
            Latency = new LatencyPercentiles(0.25, 0.25, 0.25),
        };
        Assert.Equal(expected, traffic.Snapshot());
    }

    [Fact]
    public void Snapshot_ManySuccesses_TakesTheLastOnes()
    {
        var traffic = new ProviderTraffic(_time);
        for (var i = 0; i < 256; i++)
        {
            traffic.Succeeded(TimeSpan.FromSeconds(100));
        }

        for (var i = 1; i <= 256; i++)
        {
            traffic.Succeeded(TimeSpan.FromSeconds(i));
        }

        Assert.Equal(new LatencyPercentiles(129, 244, 254), traffic.Snapshot().Latency);
    }

    [Fact]
    public void Snapshot_AnyLatencies_AreOrderedAndWithinWhatWasMeasured() => Gen.Int[0, 10_000].Array[1, 600].Sample(milliseconds =>
    {
        var traffic = new ProviderTraffic(_time);
        foreach (var one in milliseconds)
        {
            traffic.Succeeded(TimeSpan.FromMilliseconds(one));
        }

        var latency = traffic.Snapshot().Latency!;
        var last = milliseconds.TakeLast(256).Select(one => one / 1000d).ToArray();
        return latency.P50 <= latency.P95 && latency.P95 <= latency.P99 && last.Contains(latency.P50) && last.Contains(latency.P99);
    });
}
