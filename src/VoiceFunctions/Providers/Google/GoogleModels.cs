using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.Google;

/// <summary>
/// What Google Cloud speaks and hears. A synthesis model is a family of voices: the voice's name chooses it and it alone sets the price
/// (https://cloud.google.com/text-to-speech/pricing; free monthly allowances are left out of account).
/// </summary>
internal static class GoogleModels
{
    /// <summary>Bytes of text or SSML, tags included (https://cloud.google.com/text-to-speech/quotas).</summary>
    public const int MaxTextBytes = 5000;

    /// <summary>
    /// A request may have 10 MB (https://cloud.google.com/speech-to-text/quotas), and Base64 makes four bytes of three; 64 KB are left for the rest of it.
    /// </summary>
    public const int MaxAudioBytes = (10 * 1024 * 1024 - 64 * 1024) / 4 * 3;

    private const int NaturalSampleRate = 24_000;

    public static readonly IReadOnlyList<SynthesisModel> Synthesis =
    [
        Model("neural2", GoogleVoices.Neural2, 16),
        Model("chirp3-hd", GoogleVoices.Chirp3Hd, 30) with { Ssml = false },
        Model("wavenet", GoogleVoices.WaveNet, 4),
        Model("standard", GoogleVoices.Standard, 4),
        Model("studio", GoogleVoices.Studio, 160),
    ];

    /// <summary>
    /// Models of the v1 API (RecognitionConfig.model). The numbers that <c>latest_long</c> sends as confidence are none, says
    /// https://cloud.google.com/speech-to-text/docs/latest-models, so it is said to have no confidence.
    /// </summary>
    public static readonly IReadOnlyList<RecognitionModel> Recognition =
    [
        new("default")
        {
            Languages = GoogleLanguages.Tags,
            Containers = [AudioContainer.Wav, AudioContainer.Flac, AudioContainer.Ogg],
            MaxBytes = MaxAudioBytes,
            MaxDuration = TimeSpan.FromMinutes(1),
            Timings = TimingKinds.Segment | TimingKinds.Word,
            Diarization = true,
            Prompt = true,
            Confidence = true,
            Price = RecognitionPrice,
        },
        new("latest_long")
        {
            Languages = ["de", "en", "es", "fr", "hi", "it", "ja", "ko", "pt", "ru"],
            Containers = [AudioContainer.Wav, AudioContainer.Flac, AudioContainer.Ogg],
            MaxBytes = MaxAudioBytes,
            MaxDuration = TimeSpan.FromMinutes(1),
            Timings = TimingKinds.Segment | TimingKinds.Word,
            Prompt = true,
            Price = RecognitionPrice,
        },
    ];

    /// <summary>v1, standard models, without data logging: 0.024 dollars a minute (https://cloud.google.com/speech-to-text/pricing).</summary>
    private static ProviderPrice RecognitionPrice => new(0.024m, 60, BillingUnit.Seconds);

    /// <summary>The range of speeds is the one that AudioConfig.speakingRate has had since 2025; before, it went up to 4.</summary>
    private static SynthesisModel Model(string id, IReadOnlyList<ProviderVoice> voices, decimal usdPerMillion) => new(id)
    {
        Voices = voices,
        Languages = GoogleVoices.LanguagesOf(voices),
        Formats = [AudioFormat.Wav, AudioFormat.Opus, AudioFormat.Mp3],
        Limit = new(MaxTextBytes, BillingUnit.Bytes),
        SampleRate = NaturalSampleRate,
        Speed = new SpeedRange(0.25, 2),
        Ssml = true,
        Price = new(usdPerMillion, 1_000_000, BillingUnit.Characters),
    };
}
