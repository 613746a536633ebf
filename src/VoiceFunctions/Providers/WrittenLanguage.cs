using System.Text;

namespace VoiceFunctions.Providers;

/// <summary>
/// The language that a text's letters give away when nobody has named it. A script that one large language dominates stands for that language; Latin
/// letters tell nothing. Blocks and their names are from the Unicode Character Database, Blocks.txt.
/// </summary>
internal static class WrittenLanguage
{
    private static readonly (int First, int Last, string Language)[] Blocks =
    [
        (0x0370, 0x03FF, "el"), (0x0400, 0x052F, "ru"), (0x0530, 0x058F, "hy"), (0x0590, 0x05FF, "he"), (0x0600, 0x06FF, "ar"), (0x0750, 0x077F, "ar"),
        (0x0900, 0x097F, "hi"), (0x0980, 0x09FF, "bn"), (0x0A00, 0x0A7F, "pa"), (0x0A80, 0x0AFF, "gu"), (0x0B80, 0x0BFF, "ta"), (0x0C00, 0x0C7F, "te"),
        (0x0C80, 0x0CFF, "kn"), (0x0D00, 0x0D7F, "ml"), (0x0D80, 0x0DFF, "si"), (0x0E00, 0x0E7F, "th"), (0x1000, 0x109F, "my"), (0x10A0, 0x10FF, "ka"),
        (0x1100, 0x11FF, "ko"), (0x1200, 0x137F, "am"), (0x1F00, 0x1FFF, "el"), (0x3040, 0x30FF, "ja"), (0x3130, 0x318F, "ko"), (0x3400, 0x9FFF, "zh"),
        (0xAC00, 0xD7A3, "ko"), (0xF900, 0xFAFF, "zh"), (0x20000, 0x2FA1F, "zh"),
    ];

    /// <summary>A language tag, or <see langword="null"/> when most letters are Latin or there are none.</summary>
    public static string? Detect(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[Blocks.Length];
        var latin = 0;
        bool kana = false, ukrainian = false, belarusian = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune)) continue;
            // Before the first block there is nothing but Latin.
            var block = rune.Value < Blocks[0].First ? -1 : Find(rune.Value);
            if (block < 0)
            {
                latin++;
                continue;
            }

            // One count for all blocks of a language, so that it is not split against itself.
            counts[FirstOf(Blocks[block].Language)]++;
            kana |= Blocks[block].Language == "ja";
            ukrainian |= rune.Value is 'є' or 'ї' or 'ґ' or 'Є' or 'Ї' or 'Ґ';
            belarusian |= rune.Value is 'ў' or 'Ў';
        }

        var best = -1;
        for (var index = 0; index < counts.Length; index++)
        {
            if (counts[index] > (best < 0 ? latin : counts[best])) best = index;
        }

        return best < 0 ? null : Blocks[best].Language switch
        {
            "ru" when ukrainian => "uk",
            "ru" when belarusian => "be",
            "zh" when kana => "ja",
            var language => language,
        };
    }

    /// <summary>Whether there is anything in the text that a voice could say: a letter or a digit.</summary>
    public static bool IsPronounceable(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune)) return true;
        }

        return false;
    }

    private static int Find(int value) => Array.FindIndex(Blocks, block => value >= block.First && value <= block.Last);

    private static int FirstOf(string language) => Array.FindIndex(Blocks, block => block.Language == language);
}
