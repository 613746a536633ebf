using System.ComponentModel.DataAnnotations;

namespace VoiceFunctions.Fallback;

/// <summary>Which providers a call goes to, and in which order. Section <c>Fallback</c>.</summary>
internal sealed class FallbackOptions
{
    public const string Section = "Fallback";

    /// <summary>Names of providers, the first choice first; those not named follow in the order of their registration. Default: none named, so the offline engines come last.</summary>
    [Required]
    public IList<string> Order { get; } = [];

    /// <summary>
    /// How long a target may take before the next one is asked beside it; the first answer is taken. It shortens the slowest answers and pays twice for
    /// them, so it is off by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:03:00")]
    public TimeSpan? HedgeAfter { get; set; }
}
