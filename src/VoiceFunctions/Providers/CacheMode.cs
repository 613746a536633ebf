using System.Text.Json.Serialization;

namespace VoiceFunctions.Providers;

/// <summary>What a caller wants of the cache.</summary>
[JsonConverter(typeof(CacheModeConverter))]
public enum CacheMode
{
    /// <summary>Serve what is stored, store what is made.</summary>
    Default,

    /// <summary>Neither read nor written.</summary>
    Bypass,

    /// <summary>Serve what is stored and call nobody.</summary>
    Only,
}
