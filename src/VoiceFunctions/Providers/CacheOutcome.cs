using System.Text.Json.Serialization;

namespace VoiceFunctions.Providers;

/// <summary>Where a result came from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CacheOutcome>))]
public enum CacheOutcome
{
    /// <summary>A provider made it for this call.</summary>
    [JsonStringEnumMemberName("miss")] Miss,

    /// <summary>It was stored.</summary>
    [JsonStringEnumMemberName("hit")] Hit,

    /// <summary>It was being made for another call, which this one waited for.</summary>
    [JsonStringEnumMemberName("shared")] Shared,

    /// <summary>A provider made it, and the caller wanted no cache.</summary>
    [JsonStringEnumMemberName("bypass")] Bypass,
}
