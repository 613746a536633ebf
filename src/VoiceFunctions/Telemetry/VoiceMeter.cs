using System.Diagnostics.Metrics;

namespace VoiceFunctions.Telemetry;

/// <summary>The one meter of the app; the factory gives every caller the same.</summary>
internal static class VoiceMeter
{
    public const string Name = "VoiceFunctions";

    /// <summary>Bounds in seconds for histograms of durations: OpenTelemetry's own are made for milliseconds.</summary>
    public static InstrumentAdvice<double> Durations { get; } = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300],
    };

    /// <summary>The same for what may take a day.</summary>
    public static InstrumentAdvice<double> JobDurations { get; } = new() { HistogramBucketBoundaries = [1, 5, 15, 60, 300, 900, 3600, 4 * 3600, 24 * 3600] };

    public static Meter CreateVoiceMeter(this IMeterFactory factory) => factory.Create(Name);
}
