namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>Locales of fast transcription, one for each language: the service takes no bare language (https://learn.microsoft.com/azure/ai-services/speech-service/language-support?tabs=stt, read 2026-11).</summary>
internal static class AzureSpeechLocales
{
    private static readonly Dictionary<string, string> Defaults = new[]
    {
        "af-ZA", "am-ET", "ar-EG", "bg-BG", "bn-IN", "ca-ES", "cs-CZ", "da-DK", "de-DE", "el-GR", "en-US", "es-ES", "et-EE", "fa-IR", "fi-FI", "fr-FR", "he-IL", "hi-IN",
        "hr-HR", "hu-HU", "id-ID", "it-IT", "ja-JP", "ko-KR", "lt-LT", "lv-LV", "ms-MY", "nb-NO", "nl-NL", "pl-PL", "pt-BR", "ro-RO", "ru-RU", "sk-SK", "sl-SI", "sv-SE",
        "ta-IN", "te-IN", "th-TH", "tr-TR", "uk-UA", "vi-VN", "zh-CN",
    }.ToDictionary(locale => locale.Split('-')[0], StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<string> Languages { get; } = [.. Defaults.Keys];

    /// <exception cref="ProviderException">The service does not have the language.</exception>
    public static string Of(string tag)
    {
        if (tag.Contains('-', StringComparison.Ordinal))
        {
            return tag;
        }

        return Defaults.TryGetValue(tag is "no" ? "nb" : tag, out var locale)
            ? locale
            : throw new ProviderException(AzureSpeechProvider.Name, ProviderFailureKind.UnsupportedLanguage, $"The language '{tag}' is not supported.");
    }
}
