namespace VoiceFunctions.Providers.Offline;

/// <summary>The note that <c>tools/install-models.mjs</c> leaves in <c>installed.json</c> about what it checked.</summary>
internal sealed record InstalledModels(IReadOnlyDictionary<string, InstalledFile> Files);
