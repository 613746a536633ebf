namespace VoiceFunctions.Caching;

/// <summary>Where results are kept, if a storage account is configured.</summary>
internal sealed record CacheStorage(CacheTables? Tables);
