namespace VoiceFunctions.Providers;

/// <summary>Every provider that the app knows, configured or not, in the order of registration.</summary>
public sealed class ProviderCatalog(IEnumerable<SpeechProvider> providers)
{
    public IReadOnlyList<SpeechProvider> All { get; } = [.. providers];

    public SpeechProvider? Find(string name) => All.FirstOrDefault(provider => string.Equals(provider.Name, name, StringComparison.OrdinalIgnoreCase));
}
