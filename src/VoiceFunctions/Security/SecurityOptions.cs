namespace VoiceFunctions.Security;

/// <summary>Who may call. Section <c>Security</c>.</summary>
internal sealed class SecurityOptions
{
    public const string Section = "Security";

    /// <summary>Serve callers on this machine without a key. Default <see langword="false"/>; set it nowhere but on a laptop.</summary>
    public bool AllowAnonymous { get; set; }
}
