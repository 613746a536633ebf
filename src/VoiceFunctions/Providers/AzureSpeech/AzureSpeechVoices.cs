namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>
/// Well-known neural voices, all of the standard price (https://learn.microsoft.com/azure/ai-services/speech-service/language-support?tabs=tts, read
/// 2026-11). The first of a language speaks when only the language is named; HD voices cost more and are not listed.
/// </summary>
internal static class AzureSpeechVoices
{
    private const string Female = "female";
    private const string Male = "male";

    /// <summary>Languages whose letters take about as long to say as English ones.</summary>
    public static readonly IReadOnlyList<ProviderVoice> Alphabetic =
    [
        .. Of("en-US", ("Jenny", Female), ("Guy", Male), ("Aria", Female), ("Davis", Male)),
        .. Of("en-GB", ("Sonia", Female), ("Ryan", Male)),
        .. Of("en-AU", ("Natasha", Female), ("William", Male)),
        .. Of("en-IN", ("Neerja", Female), ("Prabhat", Male)),
        .. Of("ru-RU", ("Svetlana", Female), ("Dmitry", Male), ("Dariya", Female)),
        .. Of("de-DE", ("Katja", Female), ("Conrad", Male)),
        .. Of("de-AT", ("Ingrid", Female), ("Jonas", Male)),
        .. Of("de-CH", ("Leni", Female), ("Jan", Male)),
        .. Of("fr-FR", ("Denise", Female), ("Henri", Male)),
        .. Of("fr-CA", ("Sylvie", Female), ("Jean", Male)),
        .. Of("es-ES", ("Elvira", Female), ("Alvaro", Male)),
        .. Of("es-MX", ("Dalia", Female), ("Jorge", Male)),
        .. Of("it-IT", ("Elsa", Female), ("Diego", Male)),
        .. Of("pt-BR", ("Francisca", Female), ("Antonio", Male)),
        .. Of("pt-PT", ("Raquel", Female), ("Duarte", Male)),
        .. Of("nl-NL", ("Fenna", Female), ("Maarten", Male)),
        .. Of("pl-PL", ("Agnieszka", Female), ("Marek", Male)),
        .. Of("uk-UA", ("Polina", Female), ("Ostap", Male)),
        .. Of("cs-CZ", ("Vlasta", Female), ("Antonin", Male)),
        .. Of("sv-SE", ("Sofie", Female), ("Mattias", Male)),
        .. Of("da-DK", ("Christel", Female), ("Jeppe", Male)),
        .. Of("nb-NO", ("Pernille", Female), ("Finn", Male)),
        .. Of("fi-FI", ("Selma", Female), ("Harri", Male)),
        .. Of("el-GR", ("Athina", Female), ("Nestoras", Male)),
        .. Of("hu-HU", ("Noemi", Female), ("Tamas", Male)),
        .. Of("ro-RO", ("Alina", Female), ("Emil", Male)),
        .. Of("tr-TR", ("Emel", Female), ("Ahmet", Male)),
        .. Of("kk-KZ", ("Aigul", Female), ("Daulet", Male)),
        .. Of("ar-EG", ("Salma", Female), ("Shakir", Male)),
        .. Of("ar-SA", ("Zariyah", Female), ("Hamed", Male)),
        .. Of("he-IL", ("Hila", Female), ("Avri", Male)),
        .. Of("hi-IN", ("Swara", Female), ("Madhur", Male)),
        .. Of("id-ID", ("Gadis", Female), ("Ardi", Male)),
        .. Of("vi-VN", ("HoaiMy", Female), ("NamMinh", Male)),
        .. Of("th-TH", ("Premwadee", Female), ("Niwat", Male)),
        // These speak every language of the model, each with its own accent.
        new ProviderVoice("en-US-AvaMultilingualNeural") { Gender = Female },
        new ProviderVoice("en-US-AndrewMultilingualNeural") { Gender = Male },
        new ProviderVoice("en-US-EmmaMultilingualNeural") { Gender = Female },
        new ProviderVoice("en-US-BrianMultilingualNeural") { Gender = Male },
    ];

    /// <summary>Languages whose characters are syllables or words.</summary>
    public static readonly IReadOnlyList<ProviderVoice> Syllabic =
    [
        .. Of("zh-CN", ("Xiaoxiao", Female), ("Yunxi", Male), ("Xiaoyi", Female), ("Yunyang", Male)),
        .. Of("zh-TW", ("HsiaoChen", Female), ("YunJhe", Male)),
        .. Of("zh-HK", ("HiuMaan", Female), ("WanLung", Male)),
        .. Of("ja-JP", ("Nanami", Female), ("Keita", Male)),
        .. Of("ko-KR", ("SunHi", Female), ("InJoon", Male)),
    ];

    private static IEnumerable<ProviderVoice> Of(string locale, params (string Name, string Gender)[] voices) =>
        voices.Select(voice => new ProviderVoice($"{locale}-{voice.Name}Neural") { Languages = [locale], Gender = voice.Gender });
}
