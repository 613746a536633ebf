using System.Buffers;
using System.Text;

namespace VoiceFunctions.Fallback;

/// <summary>
/// The language of a text as far as its script alone shows it. Latin script is shared by too many languages to tell, so it gives no answer; that is the
/// voice's to decide.
/// </summary>
internal static class TextLanguage
{
    private static readonly SearchValues<char> Ukrainian = SearchValues.Create("іїєґІЇЄҐ");

    /// <summary>The language of the script that most letters are of, or <see langword="null"/>.</summary>
    public static string? FromScript(string text)
    {
        Dictionary<string, int>? counts = null;
        var latin = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune))
            {
                continue;
            }

            if (Language(rune.Value) is { } language)
            {
                counts ??= [];
                counts[language] = counts.GetValueOrDefault(language) + 1;
            }
            else
            {
                latin++;
            }
        }

        if (counts is null)
        {
            return null;
        }

        var (most, letters) = counts.MaxBy(pair => pair.Value);
        if (letters < latin)
        {
            return null;
        }

        // Kana is what tells Japanese from Chinese, and a few letters tell Ukrainian from Russian.
        return most switch
        {
            "zh" when counts.ContainsKey("ja") => "ja",
            "ru" when text.AsSpan().ContainsAny(Ukrainian) => "uk",
            _ => most,
        };
    }

    /// <summary>The best-known language of the letter's block (Unicode Blocks.txt); <see langword="null"/> for Latin and what is not listed.</summary>
    private static string? Language(int letter) => letter switch
    {
        >= 0x0370 and <= 0x03FF => "el",
        >= 0x0400 and <= 0x052F => "ru",
        >= 0x0530 and <= 0x058F => "hy",
        >= 0x0590 and <= 0x05FF => "he",
        >= 0x0600 and <= 0x06FF => "ar",
        >= 0x0900 and <= 0x097F => "hi",
        >= 0x0980 and <= 0x09FF => "bn",
        >= 0x0B80 and <= 0x0BFF => "ta",
        >= 0x0E00 and <= 0x0E7F => "th",
        >= 0x10A0 and <= 0x10FF => "ka",
        >= 0x3040 and <= 0x30FF => "ja",
        >= 0x4E00 and <= 0x9FFF => "zh",
        >= 0xAC00 and <= 0xD7AF => "ko",
        _ => null,
    };
}
