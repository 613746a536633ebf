using Microsoft.Extensions.AI;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Caching;

/// <summary>
/// Everything that decides what a target makes of a recording, and whose it is. Neither the format of the answer nor the timings are among it: all answers
/// come from the one result, which is made again when it lacks timings that a call needs.
/// </summary>
internal sealed record RecognitionKeyFields
{
    private const int FixedBytes = 1024;

    public required string Tenant { get; init; }

    public required string Provider { get; init; }

    /// <inheritdoc cref="SpeechProvider.Variant"/>
    public required string Variant { get; init; }

    public required string? Model { get; init; }

    public required string? Language { get; init; }

    /// <summary>Of the text, where it is to be another than the speech's.</summary>
    public required string? TextLanguage { get; init; }

    public required int? SampleRate { get; init; }

    public required string? Prompt { get; init; }

    public required bool Diarize { get; init; }

    /// <summary>SHA-256 of the recording.</summary>
    public required ReadOnlyMemory<byte> ContentHash { get; init; }

    /// <inheritdoc cref="SynthesisKeyFields.Of"/>
    public static RecognitionKeyFields? Of(ReadOnlyMemory<byte> contentHash, SpeechToTextOptions options, string variant)
    {
        var call = options.GetCall();
        return options.RawRepresentationFactory is not null || !options.HasOnlyCall() ? null : new RecognitionKeyFields
        {
            Tenant = call.Tenant,
            Provider = call.Provider!,
            Variant = variant,
            Model = options.ModelId,
            Language = options.SpeechLanguage,
            TextLanguage = options.TextLanguage,
            SampleRate = options.SpeechSampleRate,
            Prompt = call.Prompt,
            Diarize = call.Diarize,
            ContentHash = contentHash,
        };
    }

    public SpeechCacheKey ToKey()
    {
        using var writer = new CacheKeyWriter(FixedBytes);
        writer.Add(SpeechCacheKey.Schema);
        writer.Add("recognition");
        writer.Add(Tenant);
        writer.Add(Provider);
        writer.Add(Variant);
        writer.Add(Model);
        writer.Add(Language);
        writer.Add(TextLanguage);
        writer.Add(SampleRate);
        writer.Add(Prompt);
        writer.Add(Diarize);
        writer.Add(ContentHash.Span);
        return writer.ToKey();
    }
}
