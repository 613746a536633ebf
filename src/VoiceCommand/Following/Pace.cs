namespace VoiceCommand.Following;

/// <summary>How fast a stage goes and when it will be through, from what was seen of it.</summary>
internal sealed class Pace(TimeProvider time)
{
    /// <summary>Before that a rate says nothing.</summary>
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(1);

    private string? _stage;
    private long _begin;
    private double _first;

    /// <summary>Steps a second; 0 while unknown.</summary>
    public double Rate { get; private set; }

    public TimeSpan? Left { get; private set; }

    public void Observe(string stage, double done, double total)
    {
        if (_stage != stage || done < _first) (_stage, _begin, _first) = (stage, time.GetTimestamp(), done);
        var elapsed = time.GetElapsedTime(_begin);
        Rate = elapsed >= LeastTime && done > _first ? (done - _first) / elapsed.TotalSeconds : 0;
        Left = Rate > 0 && total > done ? TimeSpan.FromSeconds(Math.Ceiling((total - done) / Rate)) : null;
    }

    public string Describe(string unit)
    {
        if (Rate <= 0) return "";
        var rate = unit is "bytes" ? $"{Rate / 1e6:0.0} MB/s" : Rate >= 1 ? $"{Rate:0.0} {unit}/s" : $"{Rate * 60:0.0} {unit}/min";
        return Left is { } left ? $"{rate}, {Duration(left)} left" : rate;
    }

    private static string Duration(TimeSpan duration) =>
        duration.TotalHours >= 1 ? $"{(int)duration.TotalHours}:{duration.Minutes:00}:{duration.Seconds:00}" : $"{duration.Minutes}:{duration.Seconds:00}";
}
