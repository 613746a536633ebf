using System.Text.Json.Serialization;

namespace VoiceFunctions.Providers;

/// <summary>One try at one provider. <see cref="Outcome"/> is <c>ok</c> or the name of a <see cref="ProviderFailureKind"/>; <see cref="Elapsed"/> is in seconds.</summary>
public sealed record SpeechAttempt(string Provider, string? Model, string Outcome, string? Detail, double Elapsed)
{
    /// <summary>Whether a failed try was one that the provider bills: it did its work, which was then of no use.</summary>
    [JsonIgnore]
    public bool Billed { get; init; }

    /// <summary>What it bills for that, in US dollars; <see langword="null"/> when the price is not known.</summary>
    [JsonIgnore]
    public decimal? CostUsd { get; init; }
}
