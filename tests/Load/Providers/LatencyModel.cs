namespace VoiceFunctions.Load.Providers;

/// <summary>How long a provider takes: log-normal about a mean, as answers over a network are, drawn from a seed so that every run asks for the same.</summary>
/// <param name="mean">Of the distribution.</param>
/// <param name="spread">Standard deviation of the logarithm; 0 for a provider that always takes the same time.</param>
/// <param name="seed">Of the random numbers.</param>
internal sealed class LatencyModel(TimeSpan mean, double spread, int seed)
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();

    public TimeSpan Mean => mean;

    public TimeSpan Draw()
    {
        double normal;
        lock (_lock)
        {
            normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        }

        return mean * Math.Exp((spread * normal) - (spread * spread / 2));
    }
}
