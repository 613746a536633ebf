namespace VoiceFunctions.Providers.Google;

/// <summary>The languages that v1 recognises (https://cloud.google.com/speech-to-text/docs/speech-to-text-supported-languages).</summary>
internal static class GoogleLanguages
{
    /// <summary>A language, and the region that stands in where the caller named none: the API takes no bare languages.</summary>
    private static readonly Dictionary<string, string> Regions = """
        af-ZA am-ET ar-EG az-AZ bg-BG bn-IN bs-BA ca-ES cs-CZ da-DK de-DE el-GR en-US es-ES et-EE eu-ES fa-IR fi-FI fil-PH fr-FR gl-ES gu-IN he-IL
        hi-IN hr-HR hu-HU hy-AM id-ID is-IS it-IT ja-JP jv-ID ka-GE kk-KZ km-KH kn-IN ko-KR lo-LA lt-LT lv-LV mk-MK ml-IN mn-MN mr-IN ms-MY my-MM
        nb-NO ne-NP nl-NL pl-PL pt-PT ro-RO ru-RU rw-RW si-LK sk-SK sl-SI sq-AL sr-RS ss-ZA st-ZA su-ID sv-SE sw-KE ta-IN te-IN th-TH tn-ZA tr-TR
        ts-ZA uk-UA ur-PK uz-UZ ve-ZA vi-VN xh-ZA zu-ZA
        """
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(Language, StringComparer.OrdinalIgnoreCase);

    /// <summary>What callers write where v1 has a tag of its own.</summary>
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["no"] = "nb-NO",
        ["no-NO"] = "nb-NO",
        ["zh"] = "cmn-Hans-CN",
        ["zh-CN"] = "cmn-Hans-CN",
        ["zh-TW"] = "cmn-Hant-TW",
        ["zh-HK"] = "yue-Hant-HK",
    };

    public static IReadOnlyList<string> Tags { get; } = [.. Regions.Keys, "no", "zh"];

    /// <summary>The tag to send; <see langword="null"/> for a language that is not recognised.</summary>
    public static string? Resolve(string tag) =>
        Aliases.TryGetValue(tag, out var alias) ? alias
            : !Regions.TryGetValue(Language(tag), out var regional) ? null
            : tag.Contains('-', StringComparison.Ordinal) ? tag : regional;

    private static string Language(string tag) => tag.Split('-', 2)[0];
}
