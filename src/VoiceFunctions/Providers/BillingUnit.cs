using System.Text.Json.Serialization;

namespace VoiceFunctions.Providers;

/// <summary>What a provider counts, be it for a limit or for the bill.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BillingUnit>))]
public enum BillingUnit
{
    /// <summary>Unicode scalar values of the text.</summary>
    [JsonStringEnumMemberName("characters")] Characters,

    /// <summary>Bytes of the text in UTF-8.</summary>
    [JsonStringEnumMemberName("bytes")] Bytes,

    /// <summary>Tokens of the provider's own tokenizer.</summary>
    [JsonStringEnumMemberName("tokens")] Tokens,

    /// <summary>Seconds of audio.</summary>
    [JsonStringEnumMemberName("seconds")] Seconds,
}
