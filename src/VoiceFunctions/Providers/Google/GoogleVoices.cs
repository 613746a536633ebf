namespace VoiceFunctions.Providers.Google;

/// <summary>
/// The voices that Google lists (https://cloud.google.com/text-to-speech/docs/list-voices-and-types, as of 2025-02; Chirp 3 HD:
/// https://cloud.google.com/text-to-speech/docs/chirp3-hd). A row reads <c>locale:female/male</c>, a letter a voice: <c>en-GB:AC/B</c> is
/// en-GB-Standard-A, -C and -B.
/// </summary>
internal static class GoogleVoices
{
    public static readonly IReadOnlyList<ProviderVoice> Standard = Expand("Standard", """
        af-ZA:A/- ar-XA:AD/BC bg-BG:AB/- bn-IN:AC/BD ca-ES:AB/- cmn-CN:AD/BC cmn-TW:A/BC cs-CZ:AB/- da-DK:ADEF/CG de-DE:ACFG/BDEH el-GR:AB/-
        en-AU:AC/BD en-GB:ACFN/BDO en-IN:ADE/BCF en-US:CEFGH/ABDIJ es-ES:ACDF/BE es-US:A/BC eu-ES:AB/- fi-FI:AB/- fil-PH:AB/CD fr-CA:AC/BD
        fr-FR:ACEF/BDG gl-ES:AB/- gu-IN:AC/BD he-IL:AC/BD hi-IN:ADE/BCF hu-HU:AB/- id-ID:AD/BC is-IS:AB/- it-IT:ABE/CDF ja-JP:AB/CD kn-IN:AC/BD
        ko-KR:AB/CD lt-LT:-/AB lv-LV:-/AB ml-IN:AC/BD mr-IN:AC/B ms-MY:AC/BD nb-NO:ACEF/BDG nl-BE:AC/BD nl-NL:ADEF/BCG pa-IN:AC/BD pl-PL:ADEF/BCG
        pt-BR:ACD/BE pt-PT:ADE/BCF ro-RO:AB/- ru-RU:ACE/BD sk-SK:AB/- sr-RS:A/- sv-SE:ABCF/DEG ta-IN:AC/BD te-IN:AC/BD th-TH:A/- tr-TR:ACD/BE
        uk-UA:A/- vi-VN:AC/BD yue-HK:AC/BD
        """);

    public static readonly IReadOnlyList<ProviderVoice> WaveNet = Expand("Wavenet", """
        ar-XA:AD/BC bn-IN:AC/BD cmn-CN:AD/BC cmn-TW:A/BC cs-CZ:A/- da-DK:ADE/C de-DE:ACFG/BDEH el-GR:A/- en-AU:AC/BD en-GB:ACF/BD en-IN:ADE/BCF
        en-US:CEFGH/ABDIJ es-ES:CDF/BE es-US:A/BC fi-FI:A/- fil-PH:AB/CD fr-CA:AC/BD fr-FR:ACEF/BDG gu-IN:AC/BD he-IL:AC/BD hi-IN:ADE/BCF hu-HU:A/-
        id-ID:AD/BC it-IT:AB/CD ja-JP:AB/CD kn-IN:AC/BD ko-KR:AB/CD ml-IN:AC/BD mr-IN:AC/B ms-MY:AC/BD nb-NO:ACE/BD nl-BE:A/B nl-NL:ADE/BC
        pa-IN:AC/BD pl-PL:ADE/BC pt-BR:ACD/BE pt-PT:AD/BC ro-RO:A/- ru-RU:ACE/BD sk-SK:A/- sv-SE:ABD/CE ta-IN:AC/BD tr-TR:ACD/BE uk-UA:A/-
        vi-VN:AC/BD
        """);

    public static readonly IReadOnlyList<ProviderVoice> Neural2 = Expand("Neural2", """
        da-DK:D/- de-DE:ACF/BD en-AU:AC/BD en-GB:ACF/BD en-IN:AD/BC en-US:CEFGH/ADIJ es-ES:ACDE/BF es-US:A/BC fr-CA:AC/BD fr-FR:ACE/BD hi-IN:AD/BC
        it-IT:A/C ja-JP:B/CD ko-KR:AB/C pt-BR:AC/B th-TH:C/- vi-VN:A/D
        """);

    public static readonly IReadOnlyList<ProviderVoice> Studio = Expand("Studio", """
        de-DE:C/B en-GB:C/B en-US:O/Q es-ES:C/F es-US:-/B fr-FR:A/D
        """);

    public static readonly IReadOnlyList<ProviderVoice> Chirp3Hd =
    [
        .. from locale in Words("""
               ar-XA bg-BG bn-IN cmn-CN cs-CZ da-DK de-DE el-GR en-AU en-GB en-IN en-US es-ES es-US et-EE fi-FI fr-CA fr-FR gu-IN he-IL hi-IN hr-HR
               id-ID it-IT ja-JP kn-IN ko-KR ml-IN mr-IN nl-BE nl-NL pl-PL pt-BR ru-RU ta-IN te-IN th-TH tr-TR vi-VN
               """)
           from speaker in ChirpSpeakers
           select new ProviderVoice($"{locale}-Chirp3-HD-{speaker.Name}") { Languages = Tags(locale), Gender = speaker.Gender },
    ];

    private static IEnumerable<(string Name, string Gender)> ChirpSpeakers =>
    [
        .. Words("Achernar Aoede Autonoe Callirrhoe Despina Erinome Gacrux Kore Laomedeia Leda Pulcherrima Sulafat Vindemiatrix Zephyr")
            .Select(name => (name, "female")),
        .. Words("""
               Achird Algenib Algieba Alnilam Charon Enceladus Fenrir Iapetus Orus Puck Rasalgethi Sadachbia Sadaltager Schedar Umbriel
               Zubenelgenubi
               """).Select(name => (name, "male")),
    ];

    /// <summary>The languages of some voices, each once.</summary>
    public static IReadOnlyList<string> LanguagesOf(IEnumerable<ProviderVoice> voices) => [.. voices.SelectMany(voice => voice.Languages).Distinct()];

    private static List<ProviderVoice> Expand(string family, string table)
    {
        var voices = new List<ProviderVoice>();
        foreach (var row in Words(table))
        {
            var (locale, letters) = (row[..row.IndexOf(':', StringComparison.Ordinal)], row[(row.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('/'));
            foreach (var (letter, gender) in letters[0].Select(letter => (letter, "female")).Concat(letters[1].Select(letter => (letter, "male"))))
            {
                if (letter != '-')
                {
                    voices.Add(new ProviderVoice($"{locale}-{family}-{letter}") { Languages = Tags(locale), Gender = gender });
                }
            }
        }

        return voices;
    }

    /// <summary>Google's own tags beside those that callers use.</summary>
    private static string[] Tags(string locale) => locale switch
    {
        "ar-XA" => ["ar"],
        "cmn-CN" => ["cmn-CN", "zh-CN"],
        "cmn-TW" => ["cmn-TW", "zh-TW"],
        "yue-HK" => ["yue-HK", "zh-HK"],
        "nb-NO" => ["nb-NO", "no-NO"],
        _ => [locale],
    };

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
