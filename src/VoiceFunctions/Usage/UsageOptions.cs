using System.ComponentModel.DataAnnotations;

namespace VoiceFunctions.Usage;

/// <summary>How usage is added up and written down. Section <c>Usage</c>.</summary>
internal sealed class UsageOptions
{
    public const string Section = "Usage";

    /// <summary>How often changed totals are written: the most that a crash loses. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for the last totals when the app stops. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Sums of one tenant that are told apart within a minute, on one instance; further names are added up as <c>other</c>. Default 1,024.</summary>
    [Range(1, 100_000)]
    public int MaxSeriesPerMinute { get; set; } = 1024;

    /// <summary>
    /// Sums held in memory until they are written, about 2 KB each. Beyond it, after a long outage of storage, nothing is lost: a tenant's last minute takes what follows, and
    /// further names are added up as <c>other</c>. Default 20,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxSeries { get; set; } = 20_000;
}
