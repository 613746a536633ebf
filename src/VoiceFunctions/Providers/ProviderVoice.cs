namespace VoiceFunctions.Providers;

/// <summary>A voice as the provider names it.</summary>
public sealed record ProviderVoice(string Id)
{
    /// <summary>BCP-47 tags that the voice speaks; empty when it speaks every language of its model.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary><c>female</c>, <c>male</c> or <see langword="null"/> when the provider does not say.</summary>
    public string? Gender { get; init; }
}
