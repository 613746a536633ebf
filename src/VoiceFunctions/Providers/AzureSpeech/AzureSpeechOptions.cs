using System.ComponentModel.DataAnnotations;

namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>Section <c>AzureSpeech</c>. Needs a region or an endpoint, and a key or a managed identity.</summary>
public sealed class AzureSpeechOptions
{
    public const string Section = "AzureSpeech";

    /// <summary>The resource key. Not needed with <see cref="UseManagedIdentity"/>.</summary>
    public string? Key { get; set; }

    /// <summary>Region of the resource, such as <c>westeurope</c>.</summary>
    [RegularExpression("^[a-z0-9]{1,40}$")]
    public string? Region { get; set; }

    /// <summary>The resource's own domain, <c>https://name.cognitiveservices.azure.com</c>; goes before the region, and a managed identity needs it.</summary>
    public Uri? Endpoint { get; set; }

    public bool UseManagedIdentity { get; set; }

    /// <summary>Client id of a user-assigned identity; default the system-assigned one.</summary>
    public string? ManagedIdentityClientId { get; set; }

    /// <summary>
    /// Id of the Speech resource (<c>/subscriptions/…</c>): synthesis under a managed identity names it in the token
    /// (https://learn.microsoft.com/azure/ai-services/speech-service/how-to-configure-azure-ad-auth).
    /// </summary>
    public string? ResourceId { get; set; }

    /// <summary>Locales to choose among when a caller names no language; default none, which leaves the choice to the service's multilingual model.</summary>
    public IList<string> CandidateLocales { get; } = [];

    /// <summary>What an hour of fast transcription costs you in US dollars; default unknown, for prices differ by region and agreement.</summary>
    [Range(0, 1000)]
    public double? TranscriptionUsdPerHour { get; set; }

    /// <summary>Calls under way at one time; default 16. What a resource allows: https://learn.microsoft.com/azure/ai-services/speech-service/speech-services-quotas-and-limits.</summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 16;
}
