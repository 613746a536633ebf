using System.Text.Json.Serialization;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers;

/// <summary>What one synthesis model of a provider can do. Plans are made from this and never from a provider's name.</summary>
public sealed record SynthesisModel(string Id)
{
    /// <summary>BCP-47 tags; a bare language such as <c>en</c> covers its regions, and empty means any language.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    public required IReadOnlyList<ProviderVoice> Voices { get; init; }

    /// <summary>Formats that the provider itself delivers, the best source for a conversion first. Others are made from it by this app.</summary>
    public required IReadOnlyList<AudioFormat> Formats { get; init; }

    /// <summary>The most text that one call takes.</summary>
    public required ProviderLimit Limit { get; init; }

    /// <summary>What a call takes besides, in another unit; <see langword="null"/> when <see cref="Limit"/> is all.</summary>
    public ProviderLimit? RequestLimit { get; init; }

    /// <summary>All that a text has to keep to.</summary>
    [JsonIgnore]
    public IReadOnlyList<ProviderLimit> Limits => RequestLimit is null ? [Limit] : [Limit, RequestLimit];

    /// <summary>Hertz that the model speaks at when nothing else is asked for.</summary>
    public required int SampleRate { get; init; }

    public SpeedRange Speed { get; init; } = new(0.25, 4);

    public bool Instructions { get; init; }

    public bool Ssml { get; init; }

    /// <summary>Whether the model can say all of a text of a language it has; <see langword="null"/> when it leaves nothing out.</summary>
    [JsonIgnore]
    public Func<string, bool>? CanRead { get; init; }

    public ProviderPrice? Price { get; init; }

    /// <summary>The day from which the provider no longer serves the model, when it has announced one.</summary>
    public DateOnly? RetiresOn { get; init; }
}
