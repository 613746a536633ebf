using System.ComponentModel.DataAnnotations;
using System.Net.Http.Headers;

namespace VoiceFunctions.Providers.Yandex;

/// <summary>Section <c>Yandex</c>: SpeechKit API v1. <see cref="ApiKey"/> or <see cref="IamToken"/> turns the provider on.</summary>
internal sealed class YandexOptions : IValidatableObject
{
    public const string Section = "Yandex";

    /// <summary>White space around a secret, such as a secret store's line end, is cut off.</summary>
    private const string Token = @"\s*[\x21-\x7E]*\s*";

    /// <summary>A service account's key (https://yandex.cloud/en/docs/speechkit/concepts/auth).</summary>
    [RegularExpression(Token, ErrorMessage = "Yandex:ApiKey holds characters that no header can carry.")]
    public string? ApiKey { get; set; }

    /// <summary>Lives for twelve hours at most, so it serves tests and little else.</summary>
    [RegularExpression(Token, ErrorMessage = "Yandex:IamToken holds characters that no header can carry.")]
    public string? IamToken { get; set; }

    /// <summary>Needed by user accounts and refused of service accounts, which have a folder of their own.</summary>
    [StringLength(50)]
    public string? FolderId { get; set; }

    [Required]
    public Uri? SynthesisEndpoint { get; set; } = new("https://tts.api.cloud.yandex.net/");

    [Required]
    public Uri? RecognitionEndpoint { get; set; } = new("https://stt.api.cloud.yandex.net/");

    /// <summary>The header Authorization; <see langword="null"/> without credentials.</summary>
    public AuthenticationHeaderValue? Authorization =>
        !string.IsNullOrWhiteSpace(ApiKey) ? new("Api-Key", ApiKey.Trim())
        : !string.IsNullOrWhiteSpace(IamToken) ? new("Bearer", IamToken.Trim())
        : null;

    public bool IsConfigured => Authorization is not null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrWhiteSpace(ApiKey) && !string.IsNullOrWhiteSpace(IamToken))
        {
            yield return new ValidationResult("Set only one of Yandex:ApiKey and Yandex:IamToken.", [nameof(ApiKey), nameof(IamToken)]);
        }

        foreach (var (name, endpoint) in new[] { (nameof(SynthesisEndpoint), SynthesisEndpoint), (nameof(RecognitionEndpoint), RecognitionEndpoint) })
        {
            if (endpoint is not null && (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("https" or "http")))
            {
                yield return new ValidationResult($"Yandex:{name} is not an absolute http or https address.", [name]);
            }
        }
    }
}
