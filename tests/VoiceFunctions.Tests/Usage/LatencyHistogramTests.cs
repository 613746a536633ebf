using CsCheck;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Tests.Usage;

public sealed class LatencyHistogramTests
{
    /// <summary>Microseconds of every size alike, up to an hour.</summary>
    private static readonly Gen<long> Latency = Gen.Int[0, 31].SelectMany(bits => Gen.Long[0, Math.Min(1L << bits, 3_600_000_000)]);

    private static readonly Gen<long[]> Latencies = Latency.Array[0, 200];

    [Fact]
    public void Merge_OfTwo_IsTheHistogramOfBoth() => Gen.Select(Latencies, Latencies).Sample((one, other) =>
    {
        var merged = Of(one);
        merged.Merge(Of(other));
        return Bytes(merged).SequenceEqual(Bytes(Of([.. one, .. other])));
    });

    [Fact]
    public void Percentile_OfAny_IsWithinTheStatedError() => Gen.Select(Latencies.Where(all => all.Length > 0), Gen.Double[0, 1]).Sample((all, share) =>
    {
        Array.Sort(all);
        var exact = all[Math.Max(1, (int)Math.Ceiling(share * all.Length)) - 1];

        var told = Of(all).Percentile(share)!.Value * 1_000_000;

        return Math.Abs(told - exact) <= Math.Max(1, exact * LatencyHistogram.RelativeError) + 1e-6;
    });

    [Fact]
    public void Read_OfWhatWasWritten_IsTheSame() => Latencies.Sample(all =>
    {
        var bytes = Bytes(Of(all));
        var read = Read(bytes);
        return read.Count == all.Length && Bytes(read).SequenceEqual(bytes);
    });

    [Fact]
    public void Percentile_NoCalls_IsNull() => Assert.Null(new LatencyHistogram().Percentile(0.5));

    [Fact]
    public void Record_LongerThanAny_LandsInTheLastBucket()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.MaxValue);
        histogram.Record(TimeSpan.FromSeconds(-1));

        Assert.Equal(2, histogram.Count);
        Assert.Equal(0, histogram.Percentile(0.5));
        Assert.InRange(histogram.Percentile(1)!.Value, 4200, 4300);
    }

    [Fact]
    public void Write_AMinuteOfTraffic_TakesFewBytes()
    {
        var random = new Random(1);
        var histogram = new LatencyHistogram();
        for (var call = 0; call < 10_000; call++)
        {
            histogram.Record(TimeSpan.FromMilliseconds(50 + (200 * random.NextDouble())));
        }

        Assert.InRange(Bytes(histogram).Length, 50, 300);
    }

    private static LatencyHistogram Of(IEnumerable<long> microseconds)
    {
        var histogram = new LatencyHistogram();
        foreach (var latency in microseconds)
        {
            histogram.Record(TimeSpan.FromMicroseconds(latency));
        }

        return histogram;
    }

    private static byte[] Bytes(LatencyHistogram histogram)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        histogram.Write(writer);
        return stream.ToArray();
    }

    private static LatencyHistogram Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return LatencyHistogram.Read(reader);
    }
}
