using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.Yandex;

/// <summary>
/// What SpeechKit's API v1 speaks and hears (https://yandex.cloud/en/docs/speechkit/tts/request, …/tts/voices, …/stt/api/request-api, …/stt/models).
/// </summary>
internal static class YandexModels
{
    public const int MaxTextCharacters = 5000;
    public const int MaxFormBytes = 15 * 1024;

    /// <summary>1 MB, counted the strict way.</summary>
    public const int MaxAudioBytes = 1_000_000;

    public const int MaxAudioSeconds = 30;

    /// <summary>
    /// A form escapes a byte in three, so its 15 KB end before 5,000 characters of Cyrillic do: this many bytes of UTF-8 fit both limits in any script, with
    /// room for the other fields.
    /// </summary>
    private const int SafeTextBytes = 4900;

    private static readonly ProviderVoice[] Voices =
    [
        Voice("marina", "ru-RU", "female"), Voice("marina-friendly", "ru-RU", "female"), Voice("marina-whisper", "ru-RU", "female"),
        Voice("alena", "ru-RU", "female"), Voice("alena-good", "ru-RU", "female"),
        Voice("jane", "ru-RU", "female"), Voice("jane-good", "ru-RU", "female"), Voice("jane-evil", "ru-RU", "female"),
        Voice("omazh", "ru-RU", "female"), Voice("omazh-evil", "ru-RU", "female"),
        Voice("filipp", "ru-RU", "male"),
        Voice("ermil", "ru-RU", "male"), Voice("ermil-good", "ru-RU", "male"),
        Voice("zahar", "ru-RU", "male"), Voice("zahar-good", "ru-RU", "male"),
        Voice("madi_ru", "ru-RU", "male"),
        Voice("lea", "de-DE", "female"),
        Voice("john", "en-US", "male"),
        Voice("amira", "kk-KZ", "female"), Voice("madi", "kk-KZ", "male"),
        Voice("nigora", "uz-UZ", "female"),
    ];

    /// <summary>
    /// The price is the one of contracts in US dollars, before VAT (https://aistudio.yandex.ru/docs/en/speechkit/pricing.html); other contracts pay in roubles
    /// or tenge. The rates of LPCM are 8, 16 and 48 kHz.
    /// </summary>
    public static readonly IReadOnlyList<SynthesisModel> Synthesis =
    [
        new("v1")
        {
            Voices = Voices,
            Languages = [.. Voices.SelectMany(voice => voice.Languages).Distinct()],
            Formats = [AudioFormat.Pcm, AudioFormat.Opus, AudioFormat.Mp3],
            Limit = new(SafeTextBytes, BillingUnit.Bytes),
            SampleRate = 48_000,
            Speed = new SpeedRange(0.1, 3),
            Ssml = true,
            Price = new(10.99999824m, 1_000_000, BillingUnit.Characters),
        },
    ];

    /// <summary>Text alone comes back: no times, no speakers, no confidence. The price of a second of synchronous recognition could not be verified.</summary>
    public static readonly IReadOnlyList<RecognitionModel> Recognition =
    [
        new("general")
        {
            Languages =
            [
                "ru-RU", "de-DE", "en-US", "es-ES", "fi-FI", "fr-FR", "he-IL", "it-IT", "kk-KZ", "nl-NL", "pl-PL", "pt-PT", "sv-SE", "tr-TR", "uz-UZ",
            ],
            Containers = [AudioContainer.Wav, AudioContainer.Ogg],
            MaxBytes = MaxAudioBytes,
            MaxDuration = TimeSpan.FromSeconds(MaxAudioSeconds),
        },
    ];

    private static ProviderVoice Voice(string id, string language, string gender) => new(id) { Languages = [language], Gender = gender };
}
