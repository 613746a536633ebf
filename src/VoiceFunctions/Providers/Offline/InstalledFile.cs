namespace VoiceFunctions.Providers.Offline;

/// <summary>A file whose SHA-256 was right when it was installed.</summary>
internal sealed record InstalledFile(long Size, string Sha256);
