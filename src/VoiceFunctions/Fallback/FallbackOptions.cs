using System.ComponentModel.DataAnnotations;

namespace VoiceFunctions.Fallback;

/// <summary>Which providers a call goes to, and in which order. Section <c>Fallback</c>.</summary>
internal sealed class FallbackOptions
{
    public const string Section = "Fallback";

    /// <summary>Names of providers, the first choice first; those not named follow in the order of their registration. Default: none named, so the offline engines come last.</summary>
    [Required]
    public IList<string> Order { get; } = [];
}
