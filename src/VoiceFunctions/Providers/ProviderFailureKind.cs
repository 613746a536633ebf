using System.Text.Json.Serialization;

namespace VoiceFunctions.Providers;

/// <summary>What kind of failure a provider's answer was: the one thing that retry, fallback and circuits decide by, on the live and the durable path alike.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProviderFailureKind>))]
public enum ProviderFailureKind
{
    /// <summary>The provider could not be reached, or answered 5xx.</summary>
    [JsonStringEnumMemberName("unavailable")] Unavailable,

    /// <summary>No answer within the attempt's time.</summary>
    [JsonStringEnumMemberName("timeout")] Timeout,

    /// <summary>429: the provider asks for fewer calls.</summary>
    [JsonStringEnumMemberName("rate_limited")] RateLimited,

    /// <summary>401 or 403: the credentials are wrong, or lack the right or the funds.</summary>
    [JsonStringEnumMemberName("unauthorized")] Unauthorized,

    /// <summary>The provider refuses this request and would refuse it again; another provider may take it.</summary>
    [JsonStringEnumMemberName("invalid_request")] InvalidRequest,

    /// <summary>The provider does not have the language.</summary>
    [JsonStringEnumMemberName("unsupported_language")] UnsupportedLanguage,

    /// <summary>A success whose content is not usable: empty, silent, cut off, in another format, malformed.</summary>
    [JsonStringEnumMemberName("bad_result")] BadResult,

    /// <summary>There is speech in the audio and the provider could not make it out.</summary>
    [JsonStringEnumMemberName("not_recognised")] NotRecognised,

    /// <summary>Not tried: the bounded queue in front of the provider was full.</summary>
    [JsonStringEnumMemberName("overloaded")] Overloaded,

    /// <summary>Not tried: the circuit was open.</summary>
    [JsonStringEnumMemberName("circuit_open")] CircuitOpen,
}
