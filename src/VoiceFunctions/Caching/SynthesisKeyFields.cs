using Microsoft.Extensions.AI;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Caching;

/// <summary>Everything that decides the bytes of a synthesis at one target, and whose they are.</summary>
internal sealed record SynthesisKeyFields
{
    private const int FixedBytes = 1024;

    public required string Tenant { get; init; }

    public required string Provider { get; init; }

    /// <inheritdoc cref="SpeechProvider.Variant"/>
    public required string Variant { get; init; }

    public required string? Model { get; init; }

    public required string? Voice { get; init; }

    public required string? Language { get; init; }

    public required string? Format { get; init; }

    public required int? SampleRate { get; init; }

    public required float? Speed { get; init; }

    public required float? Pitch { get; init; }

    public required float? Volume { get; init; }

    public required string? Instructions { get; init; }

    public required bool Ssml { get; init; }

    /// <summary>Of the pronunciations that replace words of the text before it is spoken; <see langword="null"/> when nothing does.</summary>
    public string? LexiconVersion { get; init; }

    /// <summary>As it is sent.</summary>
    public required string Text { get; init; }

    /// <summary>The fields of a resolved call; <see langword="null"/> when the options hold what a key cannot name, so that the call must go past the cache.</summary>
    public static SynthesisKeyFields? Of(string text, TextToSpeechOptions options, string variant)
    {
        var call = options.GetCall();
        return options.RawRepresentationFactory is not null || !options.HasOnlyCall() ? null : new SynthesisKeyFields
        {
            Tenant = call.Tenant,
            Provider = call.Provider!,
            Variant = variant,
            Model = options.ModelId,
            Voice = options.VoiceId,
            Language = options.Language,
            Format = options.AudioFormat,
            SampleRate = call.SampleRate,
            Speed = options.Speed,
            Pitch = options.Pitch,
            Volume = options.Volume,
            Instructions = call.Instructions,
            Ssml = call.Ssml,
            Text = text,
        };
    }

    public SpeechCacheKey ToKey()
    {
        using var writer = new CacheKeyWriter(FixedBytes + (Text.Length * sizeof(char)));
        writer.Add(SpeechCacheKey.Schema);
        writer.Add("synthesis");
        writer.Add(Tenant);
        writer.Add(Provider);
        writer.Add(Variant);
        writer.Add(Model);
        writer.Add(Voice);
        writer.Add(Language);
        writer.Add(Format);
        writer.Add(SampleRate);
        writer.Add(Speed);
        writer.Add(Pitch);
        writer.Add(Volume);
        writer.Add(Instructions);
        writer.Add(Ssml);
        writer.Add(LexiconVersion);
        writer.Add(Text);
        return writer.ToKey();
    }
}
