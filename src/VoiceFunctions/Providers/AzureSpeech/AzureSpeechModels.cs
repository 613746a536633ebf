using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>What Azure Speech can do. The service itself names no models; these names are this app's. Prices: https://azure.microsoft.com/pricing/details/speech (read 2026-11).</summary>
internal static class AzureSpeechModels
{
    /// <summary>The service cuts the audio of one call off here and still answers 200 (rest-text-to-speech, "Convert text to speech").</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly IReadOnlyList<AudioContainer> Containers =
    [
        AudioContainer.Wav, AudioContainer.Mp3, AudioContainer.Ogg, AudioContainer.Flac, AudioContainer.Mp4, AudioContainer.Matroska, AudioContainer.Adts, AudioContainer.Amr,
    ];

    /// <summary>
    /// The service knows no limit in characters, only the 10 minutes of audio. So these are this app's and leave room for slow speech: 4,096 letters take
    /// about 5 minutes, 1,500 Chinese characters as long. Speech that still comes to the cut is refused as a bad result.
    /// </summary>
    public static readonly IReadOnlyList<SynthesisModel> Synthesis =
    [
        Neural("neural", AzureSpeechVoices.Alphabetic, characters: 4096),
        Neural("neural-cjk", AzureSpeechVoices.Syllabic, characters: 1500),
    ];

    public static IReadOnlyList<RecognitionModel> Recognition(AzureSpeechOptions options) =>
    [
        // https://learn.microsoft.com/azure/ai-services/speech-service/fast-transcription-create: under 2 hours and under 250 MB.
        new RecognitionModel("fast-transcription")
        {
            Languages = AzureSpeechLocales.Languages,
            Containers = Containers,
            MaxBytes = 250_000_000 - 16 * 1024,
            MaxDuration = TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1),
            Timings = TimingKinds.Segment | TimingKinds.Word,
            Diarization = true,
            Prompt = true,
            Confidence = true,
            Price = options.TranscriptionUsdPerHour is { } usd ? new ProviderPrice((decimal)usd, 3600, BillingUnit.Seconds) : null,
        },
    ];

    private static SynthesisModel Neural(string id, IReadOnlyList<ProviderVoice> voices, int characters) => new(id)
    {
        Languages = [.. voices.SelectMany(voice => voice.Languages).Distinct()],
        Voices = voices,
        Formats = [AudioFormat.Wav, AudioFormat.Pcm, AudioFormat.Mp3, AudioFormat.Opus],
        Limit = new ProviderLimit(characters, BillingUnit.Characters),
        SampleRate = AzureOutputFormat.OwnRate,
        // prosody rate: half to double (speech-synthesis-markup-voice, "Adjust prosody").
        Speed = new SpeedRange(0.5, 2),
        Ssml = true,
        Price = new ProviderPrice(15, 1_000_000, BillingUnit.Characters),
    };
}
