using System.Collections.Frozen;
using System.Text.Json;

namespace VoiceFunctions.Providers.OpenAI;

/// <summary>Languages as OpenAI writes them: ISO 639-1 in requests, whisper's English names in its answers (openai/whisper, tokenizer.py), tags in gpt-transcribe's.</summary>
internal static class OpenAILanguages
{
    private static readonly FrozenDictionary<string, string> Codes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["afrikaans"] = "af", ["albanian"] = "sq", ["amharic"] = "am", ["arabic"] = "ar", ["armenian"] = "hy", ["assamese"] = "as",
        ["azerbaijani"] = "az", ["bashkir"] = "ba", ["basque"] = "eu", ["belarusian"] = "be", ["bengali"] = "bn", ["bosnian"] = "bs",
        ["breton"] = "br", ["bulgarian"] = "bg", ["cantonese"] = "yue", ["catalan"] = "ca", ["chinese"] = "zh", ["croatian"] = "hr", ["czech"] = "cs",
        ["danish"] = "da", ["dutch"] = "nl", ["english"] = "en", ["estonian"] = "et", ["faroese"] = "fo", ["finnish"] = "fi", ["french"] = "fr",
        ["galician"] = "gl", ["georgian"] = "ka", ["german"] = "de", ["greek"] = "el", ["gujarati"] = "gu", ["haitian creole"] = "ht", ["hausa"] = "ha", ["hawaiian"] = "haw",
        ["hebrew"] = "he", ["hindi"] = "hi", ["hungarian"] = "hu", ["icelandic"] = "is", ["indonesian"] = "id", ["italian"] = "it",
        ["japanese"] = "ja", ["javanese"] = "jv", ["kannada"] = "kn", ["kazakh"] = "kk", ["khmer"] = "km", ["korean"] = "ko", ["lao"] = "lo",
        ["latin"] = "la", ["latvian"] = "lv", ["lingala"] = "ln", ["lithuanian"] = "lt", ["luxembourgish"] = "lb", ["macedonian"] = "mk",
        ["malagasy"] = "mg", ["malay"] = "ms", ["malayalam"] = "ml", ["maltese"] = "mt", ["maori"] = "mi", ["marathi"] = "mr", ["mongolian"] = "mn",
        ["myanmar"] = "my", ["nepali"] = "ne", ["norwegian"] = "no", ["nynorsk"] = "nn", ["occitan"] = "oc", ["pashto"] = "ps", ["persian"] = "fa",
        ["polish"] = "pl", ["portuguese"] = "pt", ["punjabi"] = "pa", ["romanian"] = "ro", ["russian"] = "ru", ["sanskrit"] = "sa",
        ["serbian"] = "sr", ["shona"] = "sn", ["sindhi"] = "sd", ["sinhala"] = "si", ["slovak"] = "sk", ["slovenian"] = "sl", ["somali"] = "so",
        ["spanish"] = "es", ["sundanese"] = "su", ["swahili"] = "sw", ["swedish"] = "sv", ["tagalog"] = "tl", ["tajik"] = "tg", ["tamil"] = "ta",
        ["tatar"] = "tt", ["telugu"] = "te", ["thai"] = "th", ["tibetan"] = "bo", ["turkish"] = "tr", ["turkmen"] = "tk", ["ukrainian"] = "uk",
        ["urdu"] = "ur", ["uzbek"] = "uz", ["vietnamese"] = "vi", ["welsh"] = "cy", ["yiddish"] = "yi", ["yoruba"] = "yo",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The code that a request takes for a BCP-47 tag: the language without its region.</summary>
    public static string? Code(string? tag) => tag?.Split('-')[0].ToLowerInvariant() switch
    {
        "cmn" => "zh",
        "nb" => "no",
        "fil" => "tl",
        var code => code,
    };

    /// <summary>The tag of the language that the answer names; <see langword="null"/> when it names none that is known.</summary>
    public static string? Heard(OpenAITranscription heard) =>
        heard.Languages is { ValueKind: JsonValueKind.Array } tags
            ? tags.EnumerateArray().Where(tag => tag.ValueKind is JsonValueKind.String).Select(tag => Tag(tag.GetString())).FirstOrDefault(tag => tag is not null)
            : Tag(heard.Language);

    private static string? Tag(string? name) => name switch
    {
        null => null,
        _ when Codes.TryGetValue(name, out var code) => code,
        { Length: 2 or 3 } when name.All(char.IsAsciiLetter) => name.ToLowerInvariant(),
        { Length: > 3 } when name[2] is '-' => name,
        _ => null,
    };
}
