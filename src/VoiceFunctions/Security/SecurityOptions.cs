using System.ComponentModel.DataAnnotations;

namespace VoiceFunctions.Security;

/// <summary>Who may call, and how much. Section <c>Security</c>. Limits hold for each instance.</summary>
internal sealed class SecurityOptions
{
    public const string Section = "Security";

    /// <summary>Serve callers on this machine without a key. Default <see langword="false"/>; set it nowhere but on a laptop.</summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>How long what storage says of a key is taken for true: the longest that a revoked key still opens, and that a key opens while storage is away. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan KeyLifetime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Look-ups a second of keys that are not known to be good, and as many that wait for their turn: the most that guesses can cost storage. Default 100.</summary>
    [Range(1, 10_000)]
    public int KeyLookupsPerSecond { get; set; } = 100;

    /// <summary>Requests a minute of a key that has no limit of its own, all of which may come at once. Default 6,000.</summary>
    [Range(1, 100_000_000)]
    public int RequestsPerMinute { get; set; } = 6000;

    /// <summary>Requests a minute of all callers without a key; <see langword="null"/>, the default, for no limit: they are the laptop's own.</summary>
    [Range(1, 100_000_000)]
    public int? AnonymousRequestsPerMinute { get; set; }

    /// <summary>Requests that are served at the same time. Default 2,048.</summary>
    [Range(1, 100_000)]
    public int ConcurrentRequests { get; set; } = 2048;

    /// <summary>Those among them that may be of one key, or of all callers without one. Default 1,024.</summary>
    [Range(1, 100_000)]
    public int ConcurrentRequestsPerKey { get; set; } = 1024;

    /// <summary>Requests that wait behind either of those limits until one of those has ended. Default 1,024.</summary>
    [Range(0, 100_000)]
    public int QueuedRequests { get; set; } = 1024;

    /// <summary>The longest that a request waits for its turn. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:03:00")]
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>US dollars that a call whose price is not known counts for in a monthly budget. Default 0: nobody knows them.</summary>
    [Range(0d, 1000d)]
    public decimal UnpricedCallUsd { get; set; }
}
