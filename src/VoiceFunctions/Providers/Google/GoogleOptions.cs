using System.ComponentModel.DataAnnotations;

namespace VoiceFunctions.Providers.Google;

/// <summary>
/// Section <c>Google</c>: Cloud Text-to-Speech and Cloud Speech-to-Text v1. One of <see cref="ApiKey"/>, <see cref="CredentialsPath"/> and
/// <see cref="UseApplicationDefaultCredentials"/> turns the provider on.
/// </summary>
internal sealed class GoogleOptions : IValidatableObject
{
    public const string Section = "Google";

    /// <summary>White space around it, such as a secret store's line end, is cut off.</summary>
    [RegularExpression(@"\s*[\x21-\x7E]*\s*", ErrorMessage = "Google:ApiKey holds characters that no header can carry.")]
    public string? ApiKey { get; set; }

    /// <summary>A service account's key file (JSON).</summary>
    public string? CredentialsPath { get; set; }

    /// <summary>Take whatever <c>GOOGLE_APPLICATION_CREDENTIALS</c>, the gcloud tool or the machine's metadata server offer.</summary>
    public bool UseApplicationDefaultCredentials { get; set; }

    [Required]
    public Uri? SynthesisEndpoint { get; set; } = new("https://texttospeech.googleapis.com/");

    /// <summary>Regional: <c>https://eu-speech.googleapis.com/</c>, <c>https://us-speech.googleapis.com/</c>.</summary>
    [Required]
    public Uri? RecognitionEndpoint { get; set; } = new("https://speech.googleapis.com/");

    /// <summary>The key to send; <see langword="null"/> where access tokens are to be sent.</summary>
    public string? Key => string.IsNullOrWhiteSpace(ApiKey) ? null : ApiKey.Trim();

    public bool IsConfigured => Credentials > 0;

    private int Credentials =>
        (Key is null ? 0 : 1) + (string.IsNullOrWhiteSpace(CredentialsPath) ? 0 : 1) + (UseApplicationDefaultCredentials ? 1 : 0);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Credentials > 1)
        {
            yield return new ValidationResult(
                "Set only one of Google:ApiKey, Google:CredentialsPath and Google:UseApplicationDefaultCredentials.",
                [nameof(ApiKey), nameof(CredentialsPath), nameof(UseApplicationDefaultCredentials)]);
        }

        foreach (var (name, endpoint) in new[] { (nameof(SynthesisEndpoint), SynthesisEndpoint), (nameof(RecognitionEndpoint), RecognitionEndpoint) })
        {
            if (endpoint is not null && (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("https" or "http")))
            {
                yield return new ValidationResult($"Google:{name} is not an absolute http or https address.", [name]);
            }
        }
    }
}
