namespace VoiceFunctions.Providers.Offline;

/// <summary>Where flite is and what its bytes are.</summary>
internal sealed record FliteFiles(string Module, string Sha256, string CacheFolder);
