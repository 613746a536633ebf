using System.Numerics;

namespace VoiceFunctions.Usage;

/// <summary>
/// How long calls took, in buckets that are the same everywhere, so that histograms of any minutes and instances add up. An octave has 32 buckets of equal
/// width: a percentile is off by at most <see cref="RelativeError"/> of its value, or by a microsecond.
/// </summary>
internal sealed class LatencyHistogram
{
    /// <summary>Half the width of a bucket against its lower bound, at the most.</summary>
    public const double RelativeError = 1d / (2 * PerOctave);

    /// <summary>More than any histogram has.</summary>
    public const int MaxBuckets = (LastOctave - SubBits + 2) * PerOctave;

    private const int SubBits = 5;
    private const int PerOctave = 1 << SubBits;

    /// <summary>Calls of 71 minutes and more share the last bucket.</summary>
    private const int LastOctave = 31;
    private const long Longest = (1L << (LastOctave + 1)) - 1;

    private readonly long[]?[] _octaves = new long[MaxBuckets / PerOctave][];

    public long Count { get; private set; }

    public void Record(TimeSpan latency) => Add(Index((long)latency.TotalMicroseconds), 1);

    public void Merge(LatencyHistogram other)
    {
        for (var octave = 0; octave < _octaves.Length; octave++)
        {
            if (other._octaves[octave] is { } counts)
            {
                for (var sub = 0; sub < PerOctave; sub++)
                {
                    Add((octave * PerOctave) + sub, counts[sub]);
                }
            }
        }
    }

    /// <summary>The latency in seconds that <paramref name="share"/> of the calls did not exceed; <see langword="null"/> when there were none.</summary>
    public double? Percentile(double share)
    {
        if (Count == 0)
        {
            return null;
        }

        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var last = 0;
        foreach (var (bucket, count) in Buckets())
        {
            last = bucket;
            rank -= count;
            if (rank <= 0)
            {
                break;
            }
        }

        return Middle(last) / 1_000_000;
    }

    /// <summary>As pairs of the distance to the bucket before and the count, each in as many bytes as it needs.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(Buckets().Count());
        var previous = -1;
        foreach (var (bucket, count) in Buckets())
        {
            writer.Write7BitEncodedInt(bucket - previous);
            writer.Write7BitEncodedInt64(count);
            previous = bucket;
        }
    }

    /// <exception cref="InvalidDataException">The bytes are not a histogram.</exception>
    public static LatencyHistogram Read(BinaryReader reader)
    {
        var histogram = new LatencyHistogram();
        var bucket = -1;
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            bucket += reader.Read7BitEncodedInt();
            var count = reader.Read7BitEncodedInt64();
            if (bucket is < 0 or >= MaxBuckets || count < 0)
            {
                throw new InvalidDataException("A histogram has a bucket that does not exist.");
            }

            histogram.Add(bucket, count);
        }

        return histogram;
    }

    private static int Index(long microseconds)
    {
        var value = Math.Clamp(microseconds, 0, Longest);
        if (value < PerOctave)
        {
            return (int)value;
        }

        var shift = BitOperations.Log2((ulong)value) - SubBits;
        return ((shift + 1) * PerOctave) + (int)((value >> shift) - PerOctave);
    }

    /// <summary>Microseconds.</summary>
    private static double Middle(int bucket)
    {
        var (octave, sub) = Math.DivRem(bucket, PerOctave);
        return octave == 0 ? sub : (PerOctave + sub + 0.5) * (1L << (octave - 1));
    }

    private void Add(int bucket, long count)
    {
        if (count > 0)
        {
            (_octaves[bucket / PerOctave] ??= new long[PerOctave])[bucket % PerOctave] += count;
            Count += count;
        }
    }

    private IEnumerable<(int Bucket, long Count)> Buckets()
    {
        for (var bucket = 0; bucket < MaxBuckets; bucket++)
        {
            if (_octaves[bucket / PerOctave] is not { } counts)
            {
                bucket += PerOctave - 1;
            }
            else if (counts[bucket % PerOctave] is > 0 and var count)
            {
                yield return (bucket, count);
            }
        }
    }
}
