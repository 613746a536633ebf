using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Numerics;
using System.Numerics.Tensors;

namespace VoiceFunctions.Audio;

/// <summary>
/// A low-pass at the lower of two rates' Nyquist frequencies, sampled at the fractional positions that a resampler meets: a sinc under a Kaiser
/// window (Oppenheim and Schafer, "Discrete-Time Signal Processing", 7.5.3). It passes 90 % of the band and is down by <see cref="StopbandDecibels"/>
/// at its edge.
/// </summary>
internal sealed class ResamplerFilter
{
    private const double StopbandDecibels = 96;

    /// <summary>The middle of the transition band as a share of the lower Nyquist frequency; the band reaches as far below as above it.</summary>
    private const double Centre = 0.95;

    /// <summary>Floats in an exact table, 1 MB. Odd pairs of rates, which a header can claim at will, get an interpolated one.</summary>
    private const int MaxExactTable = 256 * 1024;

    /// <summary>
    /// Positions per period of the lower rate in an interpolated table: the error of a straight line between two is (pi / 512)^2 / 8, -106 dB.
    /// </summary>
    private const int InterpolatedPositions = 512;

    private static readonly FrozenSet<int> UsualRates =
        new[] { 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000 }.ToFrozenSet();

    private static readonly ConcurrentDictionary<(int From, int To), ResamplerFilter> Cache = new();

    private readonly float[] _table;

    private ResamplerFilter(int from, int to)
    {
        var divisor = (int)BigInteger.GreatestCommonDivisor(from, to);
        Step = from / divisor;
        Positions = to / divisor;

        // Widths are in samples of the incoming rate, so the filter gets longer the more is thrown away.
        var lower = Math.Min(from, to) / (double)from;
        var halfWidth = (StopbandDecibels - 7.95) / (2.285 * 2 * Math.PI * (1 - Centre) * lower) / 2;
        HalfTaps = (((int)Math.Ceiling(halfWidth) + 7) / 8) * 8;
        IsExact = (long)Positions * Taps <= MaxExactTable;
        Rows = IsExact ? Positions : Math.Max(16, (int)Math.Ceiling(InterpolatedPositions * lower));
        _table = new float[(Rows + 1) * Taps];
        for (var row = 0; row <= Rows; row++) Fill(_table.AsSpan(row * Taps, Taps), row / (double)Rows, halfWidth, Centre * lower);
    }

    /// <summary>How far an output sample lies from the last, in units of one over <see cref="Positions"/> incoming samples.</summary>
    public int Step { get; }

    public int Positions { get; }

    public int HalfTaps { get; }

    public int Taps => 2 * HalfTaps;

    public int Rows { get; }

    /// <summary>Whether there is a row for each position; else two neighbours are mixed.</summary>
    public bool IsExact { get; }

    public ReadOnlySpan<float> Row(int row) => _table.AsSpan(row * Taps, Taps);

    public static ResamplerFilter For(int from, int to) => UsualRates.Contains(from) && UsualRates.Contains(to)
        ? Cache.GetOrAdd((from, to), static pair => new ResamplerFilter(pair.From, pair.To))
        : new ResamplerFilter(from, to);

    private void Fill(Span<float> row, double position, double halfWidth, double cutoff)
    {
        const double Beta = 0.1102 * (StopbandDecibels - 8.7);
        var sum = 0.0;
        for (var tap = 0; tap < row.Length; tap++)
        {
            var value = Kernel(position + HalfTaps - 1 - tap, halfWidth, cutoff, Beta);
            sum += value;
            row[tap] = (float)value;
        }

        // Every row passes a constant unchanged, or the rows' differences would be heard as a tone.
        TensorPrimitives.Divide(row, (float)sum, row);
    }

    private static double Kernel(double offset, double halfWidth, double cutoff, double beta)
    {
        var share = offset / halfWidth;
        if (Math.Abs(share) >= 1) return 0;
        var angle = Math.PI * cutoff * offset;
        return (Math.Abs(angle) < 1e-9 ? 1 : Math.Sin(angle) / angle) * Bessel(beta * Math.Sqrt(1 - (share * share)));
    }

    /// <summary>The modified Bessel function of the first kind and order zero, by its power series.</summary>
    private static double Bessel(double x)
    {
        var (sum, term, half) = (1.0, 1.0, x / 2);
        for (var k = 1; term > sum * 1e-12; k++)
        {
            term *= half / k * (half / k);
            sum += term;
        }

        return sum;
    }
}
