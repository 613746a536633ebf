namespace VoiceFunctions.Load.Providers;

internal enum ProviderHealth
{
    Healthy,

    /// <summary>Every connection is reset.</summary>
    Dead,

    /// <summary>Every other second is dead.</summary>
    Flapping,

    /// <summary>429 with Retry-After.</summary>
    Throttling,
}
