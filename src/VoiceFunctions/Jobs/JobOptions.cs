using System.ComponentModel.DataAnnotations;

namespace VoiceFunctions.Jobs;

/// <summary>How long jobs may take and what of them is kept. Section <c>Jobs</c>.</summary>
internal sealed class JobOptions
{
    public const string Section = "Jobs";

    /// <summary>The longest that a job may take, waiting for providers included, when its caller names no deadline. Default one day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long results can be fetched after the job has ended. Default seven days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan ResultRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long the record of a job is kept after its results are gone, so that it can still be told what became of them. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan RecordRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a file in the inbox is kept: longer than any deadline, so that a job finds it. Default eight days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan InboxRetention { get; set; } = TimeSpan.FromDays(8);

    /// <summary>How long after its creation a job is first looked at by whoever starts those whose start was lost. Default one minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan StartGrace { get; set; } = TimeSpan.FromMinutes(1);
}
