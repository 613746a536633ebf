using System.Text.Json.Serialization;

namespace VoiceFunctions.Providers;

/// <summary>What a caller wants of the cache.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CacheMode>))]
public enum CacheMode
{
    /// <summary>Serve what is stored, store what is made.</summary>
    [JsonStringEnumMemberName("default")] Default,

    /// <summary>Neither read nor written.</summary>
    [JsonStringEnumMemberName("bypass")] Bypass,

    /// <summary>Serve what is stored and call nobody.</summary>
    [JsonStringEnumMemberName("only")] Only,
}
