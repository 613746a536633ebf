using System.ComponentModel.DataAnnotations;

namespace VoiceFunctions.Providers.Offline;

/// <summary>The engines that run on this machine. Section <c>Offline</c>.</summary>
internal sealed class OfflineOptions
{
    public const string Section = "Offline";

    /// <summary>Where <c>tools/install-models.mjs</c> put the models. Default: the nearest <c>tools/models</c> from the app's own folder upwards.</summary>
    public string? ModelsPath { get; set; }

    /// <summary>
    /// Where the compiled flite is kept; it holds machine code, so only the app's own user may write there. Default: <c>.cache</c> in <see cref="ModelsPath"/>.
    /// </summary>
    public string? CachePath { get; set; }

    /// <summary>The espeak-ng program, a name on the PATH or a path. Default <c>espeak-ng</c>.</summary>
    [Required]
    public string EspeakPath { get; set; } = "espeak-ng";

    /// <summary>Syntheses at one time. Default: the number of processors.</summary>
    [Range(1, 1024)]
    public int MaxConcurrentSyntheses { get; set; } = Environment.ProcessorCount;

    /// <summary>Recognitions at one time. Default: the number of processors, because one recognition keeps one processor busy.</summary>
    [Range(1, 1024)]
    public int MaxConcurrentRecognitions { get; set; } = Environment.ProcessorCount;

    /// <summary>Calls of either kind that may wait for their turn; the next one is refused. Default 64.</summary>
    [Range(0, 100_000)]
    public int QueueLimit { get; set; } = 64;

    /// <summary>A model that nobody has used for this long is given back to the system. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "24:00:00")]
    public TimeSpan IdleUnloadAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The longest that one synthesis may run before it is ended: a child process is killed, flite is interrupted. Default 2 minutes, where 4,096 characters take
    /// flite about 6 s on an idle core, and many times that on a crowded one.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan SynthesisTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest that the start waits for <c>espeak-ng --voices</c>. Default 2 s, where it takes a few milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
