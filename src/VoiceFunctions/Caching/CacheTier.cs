namespace VoiceFunctions.Caching;

/// <summary>Where a result was found.</summary>
internal enum CacheTier
{
    None,
    Memory,
    Storage,
}
