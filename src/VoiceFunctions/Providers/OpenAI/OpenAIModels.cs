using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.OpenAI;

/// <summary>
/// What OpenAI's audio models can do. Limits, voices and formats: https://platform.openai.com/docs/api-reference/audio; prices:
/// https://platform.openai.com/docs/pricing; retirements: https://platform.openai.com/docs/deprecations (all read 2026-11).
/// </summary>
internal static class OpenAIModels
{
    /// <summary>PCM is 24 kHz, 16 bit, mono (API reference, createSpeech, response_format).</summary>
    public const int SampleRate = 24_000;

    /// <summary>OpenAI takes 25 MB with the form around the file; the form's own few hundred bytes are left room for.</summary>
    private const long MaxBytes = 25 * 1024 * 1024 - 16 * 1024;

    private static readonly ProviderLimit InputLimit = new(4096, BillingUnit.Characters);
    private static readonly DateOnly SpeechRetires = new(2027, 1, 6);
    private static readonly DateOnly TranscriptionRetires = new(2027, 2, 26);

    /// <summary>The gpt-4o transcription models refuse longer audio.</summary>
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(1400);

    private static readonly IReadOnlyList<AudioFormat> Formats =
        [AudioFormat.Wav, AudioFormat.Pcm, AudioFormat.Flac, AudioFormat.Mp3, AudioFormat.Opus, AudioFormat.Aac];

    private static readonly IReadOnlyList<AudioContainer> Containers =
        [AudioContainer.Wav, AudioContainer.Mp3, AudioContainer.Ogg, AudioContainer.Flac, AudioContainer.Mp4, AudioContainer.Matroska];

    private static readonly IReadOnlyList<ProviderVoice> OldVoices = Voices("alloy", "ash", "coral", "echo", "fable", "onyx", "nova", "sage", "shimmer");

    private static readonly IReadOnlyList<ProviderVoice> AllVoices =
        [.. OldVoices, .. Voices("ballad", "verse", "marin", "cedar")];

    private static readonly IReadOnlyList<SynthesisModel> Synthesis =
    [
        // Billed in text tokens in and audio tokens out, which the plain answer does not tell: no price rather than a guess. The model's limit is in its
        // own unit; that of the endpoint holds beside it.
        Speech("gpt-4o-mini-tts") with { Voices = AllVoices, Limit = new ProviderLimit(2000, BillingUnit.Tokens), RequestLimit = InputLimit, Instructions = true },
        Speech("tts-1") with { Price = new ProviderPrice(15, 1_000_000, BillingUnit.Characters) },
        Speech("tts-1-hd") with { Price = new ProviderPrice(30, 1_000_000, BillingUnit.Characters) },
    ];

    private static readonly IReadOnlyList<RecognitionModel> Recognition =
    [
        Transcription("gpt-transcribe", 0.0045m) with { RetiresOn = null },
        Transcription("gpt-4o-transcribe", 0.006m) with { MaxDuration = MaxDuration },
        Transcription("gpt-4o-mini-transcribe", 0.003m) with { MaxDuration = MaxDuration },
        Transcription("whisper-1", 0.006m) with { Timings = TimingKinds.Segment | TimingKinds.Word },
        Transcription("gpt-4o-transcribe-diarize", 0.006m) with
        {
            MaxDuration = MaxDuration, Timings = TimingKinds.Segment, Diarization = true, Prompt = false,
        },
    ];

    public static IReadOnlyList<SynthesisModel> OfSynthesis(OpenAIOptions options)
    {
        var models = WithDefault(Synthesis, options.SpeechModel, model => model.Id, (model, id) => model with { Id = id }, Speech)
            .Select(model => KnowsPrices(options) ? model : model with { Price = null, RetiresOn = null })
            .Select(model => options.Voices.Count == 0 ? model : model with { Voices = Voices([.. options.Voices]) });
        return [.. models];
    }

    public static IReadOnlyList<RecognitionModel> OfRecognition(OpenAIOptions options)
    {
        var models = WithDefault(Recognition, options.TranscriptionModel, model => model.Id, (model, id) => model with { Id = id }, Unknown)
            .Select(model => KnowsPrices(options) ? model : model with { Price = null, RetiresOn = null });
        return [.. models];
    }

    private static bool KnowsPrices(OpenAIOptions options) => options.ListPrices ?? (options.Endpoint ?? OpenAIOptions.OwnEndpoint).Host == OpenAIOptions.OwnEndpoint.Host;

    private static IEnumerable<T> WithDefault<T>(IReadOnlyList<T> known, string? id, Func<T, string> idOf, Func<T, string, T> rename, Func<string, T> unknown)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            return known;
        }

        if (known.FirstOrDefault(model => idOf(model) == id) is { } listed)
        {
            return known.Where(model => idOf(model) != id).Prepend(listed);
        }

        // A snapshot is its model's name and a date: gpt-4o-mini-tts-2025-12-15, tts-1-hd-1106.
        var family = known.FirstOrDefault(model => id.StartsWith(idOf(model) + "-", StringComparison.Ordinal) && char.IsAsciiDigit(id[idOf(model).Length + 1]));
        return known.Prepend(family is null ? unknown(id) : rename(family, id));
    }

    private static SynthesisModel Speech(string id) => new(id)
    {
        // OpenAI names no language that a voice could not speak.
        Languages = [],
        Voices = OldVoices,
        Formats = Formats,
        Limit = InputLimit,
        SampleRate = SampleRate,
        RetiresOn = SpeechRetires,
    };

    private static RecognitionModel Transcription(string id, decimal usdPerMinute) => Unknown(id) with
    {
        Prompt = true, Price = new ProviderPrice(usdPerMinute, 60, BillingUnit.Seconds), RetiresOn = TranscriptionRetires,
    };

    /// <summary>The least that every server of this API does.</summary>
    private static RecognitionModel Unknown(string id) => new(id) { Languages = [], Containers = Containers, MaxBytes = MaxBytes };

    private static IReadOnlyList<ProviderVoice> Voices(params string[] ids) => [.. ids.Select(id => new ProviderVoice(id))];
}
