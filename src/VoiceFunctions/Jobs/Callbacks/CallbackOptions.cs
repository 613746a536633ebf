using System.ComponentModel.DataAnnotations;

namespace VoiceFunctions.Jobs.Callbacks;

/// <summary>How those are told who want to know that a job has ended. Section <c>Callbacks</c>.</summary>
internal sealed class CallbackOptions
{
    public const string Section = "Callbacks";

    /// <summary>
    /// 32 bytes in base64 that secrets are encrypted with. Default: a key that the app makes once and keeps in its storage account, which hides secrets from who
    /// reads the table of jobs, but not from who reads all of the account.
    /// </summary>
    [RegularExpression("^[A-Za-z0-9+/]{43}=$", ErrorMessage = "Callbacks:EncryptionKey must be 32 bytes in base64.")]
    public string? EncryptionKey { get; set; }

    /// <summary>
    /// Whether receivers in a private network and on this machine are called too. Default <see langword="false"/>: a caller could otherwise have the app call what
    /// only the app can reach. Link-local addresses, where clouds give out credentials, are never called.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long a receiver may take to answer. Default 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The wait after the first failure; each further one is twice as long. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait. Default one hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long it is tried. Default one day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(1);
}
