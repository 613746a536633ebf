using System.ComponentModel.DataAnnotations;

namespace VoiceFunctions.Audio;

/// <summary>Section <c>Audio</c> of the configuration.</summary>
public sealed class AudioOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string Section = "Audio";

    /// <summary>A file, or a name that is looked up on PATH. Default <c>ffmpeg</c>.</summary>
    [Required]
    public string FfmpegPath { get; set; } = "ffmpeg";

    /// <summary>How long ffmpeg may take to list what it can do when the app starts. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Uploads that may have an ffmpeg at the same time, and as many results that are converted; others wait for their turn. Default 16.</summary>
    [Range(1, 10_000)]
    public int FfmpegProcesses { get; set; } = 16;

    /// <summary>The longest that an upload waits for an ffmpeg. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one upload may keep ffmpeg decoding, reading by the consumer included. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan DecodeTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one result may keep ffmpeg encoding. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan EncodeTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the result of a job may keep ffmpeg encoding, reading of its chunks included. Default 30 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "06:00:00")]
    public TimeSpan StitchTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// The longest audio that is taken in. Default 4 h, which is 460 MB of temporary 16 kHz WAV: 25 MB of Opus can hold nine hours, and a few
    /// kilobytes of FLAC silence can hold days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan MaxDecodedDuration { get; set; } = TimeSpan.FromHours(4);

    /// <summary>
    /// The longest recording that a job takes. Default 24 h: 2 GB of plain 16 kHz WAV is 18 h. It is cut while it is decoded, so its length costs no memory
    /// and no disk beyond the upload itself.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan MaxRecordingDuration { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long the recording of a job may keep ffmpeg decoding, finding the pauses and storing the pieces included. Default 1 h, where an hour of audio takes seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan RecordingTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Where temporary files lie, in a private folder of their own. Default the system's temporary folder.</summary>
    public string? TempFolder { get; set; }
}
