using System.ComponentModel.DataAnnotations;

namespace VoiceFunctions.Caching;

/// <summary>How much is kept, for how long, and how long a request waits for it. Section <c>Cache</c>.</summary>
internal sealed class SpeechCacheOptions
{
    public const string Section = "Cache";

    /// <summary>The names of the two tables begin with it, and the container for large results is called so in small letters. Default SpeechCache.</summary>
    [Required, RegularExpression("^[A-Za-z][A-Za-z0-9]{2,50}$")]
    public string Name { get; set; } = "SpeechCache";

    /// <summary>Bytes of results kept in memory. Default 64 MiB.</summary>
    [Range(1, long.MaxValue)]
    public long MemoryBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>The longest that a request waits for storage to say whether it has a result. Default 50 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:30")]
    public TimeSpan LookupTimeout { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest that a request waits for a result that storage is known to have. Default 1 second, for the provider would take longer and be paid.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Look-ups in a row that must fail before storage is left alone. Default 3: a single slow one is no outage.</summary>
    [Range(1, 1000)]
    public int BreakAfter { get; set; } = 3;

    /// <summary>How long storage is left alone before one look-up tries it again. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "01:00:00")]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long other instances leave a result to the one that has begun to make it. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a request waits for a result that another instance makes. Default 10 seconds; never more than half of the time that the target has.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan LeaseWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes that may wait for storage; what goes beyond is dropped. Default 64 MiB.</summary>
    [Range(1, long.MaxValue)]
    public long QueueBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How long a stopping app may take to store what waits. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that a starting app waits for storage to be ready. Default 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a result is served after it was made. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Bytes of results that storage keeps for a tenant; beyond, those not used for longest go. Default 1 GiB.</summary>
    [Range(0, long.MaxValue)]
    public long MaxBytesPerTenant { get; set; } = 1024L * 1024 * 1024;

    /// <summary>The least time between two writes of when a result was last used. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan TouchInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How old a blob or an index entry without a result must be to be taken for left over and not for one on its way. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan OrphanAge { get; set; } = TimeSpan.FromHours(1);
}
