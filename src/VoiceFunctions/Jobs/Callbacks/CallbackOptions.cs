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
}
