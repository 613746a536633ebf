using System.ComponentModel.DataAnnotations;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>How the chunks of a job are made. Section <c>Jobs:Chunks</c>. A job keeps the settings that it began with.</summary>
internal sealed class ChunkOptions
{
    public const string Section = "Jobs:Chunks";

    /// <summary>Chunks of one job that are being made at a time, those that wait for their next try among them. Default 8.</summary>
    [Range(1, 64)]
    public int InFlight { get; set; } = 8;

    /// <summary>The share of a provider's concurrency that all jobs together may take, at least one call; the rest is for calls that somebody waits for. Default 0.75.</summary>
    [Range(0.01, 1)]
    public double ProviderShare { get; set; } = 0.75;

    /// <summary>The longest piece that a recording is cut into, where a provider takes longer ones: shorter pieces are done side by side. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan PieceDuration { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The wait before a chunk is tried again where the provider names none; doubled each time. Default 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest that the wait is doubled to. What a provider asks for is obeyed beyond it. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A wait up to which a chunk stays with its target although another one could be asked now. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Tries of a chunk at a target that has another one behind it, in a file of one voice. Default 6: about a minute of waits.</summary>
    [Range(1, 100)]
    public int Tries { get; set; } = 6;

    /// <summary>Tries of a chunk at each target where none is left to move on to. Default 12: about half an hour of waits.</summary>
    [Range(1, 100)]
    public int LastTries { get; set; } = 12;

    /// <summary>Tries of a chunk at a target that answers, and answers with what is of no use, which it bills all the same. Default 3.</summary>
    [Range(1, 100)]
    public int UselessAnswers { get; set; } = 3;

    /// <summary>The least time between two reports of a job's progress. Default 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan ReportInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often work that is under way looks whether its job is still wanted. Default 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromSeconds(2);
}
