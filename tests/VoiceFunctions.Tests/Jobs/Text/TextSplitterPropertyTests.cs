using System.Globalization;
using CsCheck;
using VoiceFunctions.Fallback;
using VoiceFunctions.Jobs.Text;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Jobs.Text;

/// <summary>What holds for every text and every limit.</summary>
public sealed class TextSplitterPropertyTests
{
    private static readonly string[] Fragments =
    [
        "word", "It", "is", "Dr.", "z. B.", "т. д.", "3.14", "10 000", "12:30", "№ 5", "3. Oktober", "https://example.com/a?b=c", "well-known", "don’t", "слово", "Straße", "mañana",
        "你好", "世界。", "これは", "です。", "한국어", "สวัสดี", "नमस्ते", "e\u0301a\u0308", "👨‍👩‍👧‍👦", "👋🏽", "🇩🇪🇫🇷", "क्षि", "한", "x\u200D", "a\u0300\u0301\u0302\u0303",
        ".", ". ", "! ", "? ", "… ", ", ", "; ", " — ", "—", "« ", " »", "“", "” ", "(", ") ", "¿", "¡", "。", "，", "」", "「", "!", "...",
        " ", " ", " ", " ", " ", "\n", "\n\n", "\r\n", "\t", "\u00A0", "\u202F", "\u200B", "\u3000", "***", "-----", "* * *\n\n", "a\n\n", "1. ", "\n- ",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "12345678901234567890",
    ];

    private static readonly Gen<string> Text = Gen.OneOf(
        Pick(Fragments).Array[0, 120].Select(string.Concat),
        Pick(Fragments).Array[0, 120].Select(fragments => string.Join(' ', fragments)),
        Gen.String.Where(text => !text.Any(char.IsSurrogate)));

    private static readonly Gen<ProviderLimit> Limit =
        Gen.Select(Gen.Int[4, 250], Pick(BillingUnit.Characters, BillingUnit.Bytes, BillingUnit.Tokens), (amount, unit) => new ProviderLimit(amount, unit));

    private static readonly Gen<string?> Language = Pick<string?>(null, "en", "ru", "de-DE", "es", "fr", "zh-CN", "ja");

    private static readonly Gen<int?> Most = Gen.OneOf(Gen.Const((int?)null), Gen.Int[10, 90].Select(most => (int?)most));

    [Fact]
    public void Split_AnyText_RangesCoverItAndOnlySilenceIsLeftOut() => Gen.Select(Text, Limit, Language, Most).Sample((text, limit, language, most) =>
    {
        var chunks = TextSplitter.Split(text, limit, language, ssml: false, most);

        if (!text.EnumerateRunes().Any(SpokenText.IsSpoken))
        {
            Assert.Empty(chunks);
            return;
        }

        var end = 0;
        foreach (var chunk in chunks)
        {
            Assert.Equal(end, chunk.Start);
            end += chunk.Length;
            var range = text.Substring(chunk.Start, chunk.Length);
            var at = range.IndexOf(chunk.Text, StringComparison.Ordinal);
            Assert.True(at >= 0);
            Assert.DoesNotContain(range.Remove(at, chunk.Text.Length).EnumerateRunes(), SpokenText.IsSpoken);
            Assert.Contains(chunk.Text.EnumerateRunes(), SpokenText.IsSpoken);
        }

        Assert.Equal(text.Length, end);
        // Only what no chunk has room for is left out.
        if (LongestSilence(text) == 0) Assert.Equal(text, string.Concat(chunks.Select(chunk => chunk.Text)));
    });

    [Fact]
    public void Split_AnyText_EveryChunkIsWithinItsLimits() => Gen.Select(Text, Limit, Language, Most).Sample((text, limit, language, most) =>
    {
        foreach (var chunk in TextSplitter.Split(text, limit, language, ssml: false, most))
        {
            Assert.InRange(TextLength.Of(chunk.Text, limit.Unit), 1, limit.Amount);
            Assert.InRange(TextLength.Of(chunk.Words, BillingUnit.Characters), 1, most ?? long.MaxValue);
        }
    });

    [Fact]
    public void Split_AnyText_NoCutInsideACharacterOrAWordThatFits() => Gen.Select(Text, Limit, Language, Most).Sample((text, limit, language, most) =>
    {
        var characters = StringInfo.ParseCombiningCharacters(text).ToHashSet();
        foreach (var chunk in TextSplitter.Split(text, limit, language, ssml: false, most).Skip(1))
        {
            var cut = chunk.Start;
            if (!characters.Contains(cut)) Assert.False(Fits(CharacterAround(text, cut, characters), limit, most));
            var isInsideWord = char.IsLetterOrDigit(text[cut - 1]) && char.IsLetterOrDigit(text[cut]) && !Punctuation.IsWide(text[cut - 1]) && !Punctuation.IsWide(text[cut]);
            if (isInsideWord) Assert.False(Fits(WordAround(text, cut), limit, most), $"'{WordAround(text, cut)}' is cut");
        }
    });

    [Fact]
    public void Split_Ssml_EveryChunkIsADocumentWithinTheLimitAndWordsAreKept() => Gen.Select(SsmlTexts.Document, Gen.Int[400, 900], Most).Sample((document, amount, most) =>
    {
        var limit = new ProviderLimit(amount, BillingUnit.Characters);

        var chunks = TextSplitter.Split(document, limit, "en", ssml: true, most);

        foreach (var chunk in chunks)
        {
            var parsed = SsmlTexts.Parse(chunk.Text);
            Assert.Equal("speak", parsed.Name.LocalName);
            Assert.InRange(TextLength.Of(chunk.Text, limit.Unit), 1, amount);
        }

        var root = SsmlTexts.Parse(document);
        if (chunks.Count == 0)
        {
            Assert.DoesNotContain(root.Value.EnumerateRunes(), SpokenText.IsSpoken);
            return;
        }

        var whole = SsmlTexts.Flatten([root]);
        Assert.Equal(whole, SsmlTexts.Flatten([.. chunks.Select(chunk => SsmlTexts.Parse(chunk.Text))]));
        Assert.Equal(0, chunks[0].Start);
        Assert.All(chunks.Zip(chunks.Skip(1)), pair => Assert.Equal(pair.First.Start + pair.First.Length, pair.Second.Start));
    });

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static int LongestSilence(string text)
    {
        var (longest, current) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            current = SpokenText.IsSpoken(rune) ? 0 : current + 1;
            longest = Math.Max(longest, current);
        }

        return longest <= 3 ? 0 : longest;
    }

    private static bool Fits(string text, ProviderLimit limit, int? most) =>
        TextLength.Of(text, limit.Unit) <= limit.Amount && TextLength.Of(text, BillingUnit.Characters) <= (most ?? long.MaxValue);

    private static string CharacterAround(string text, int cut, HashSet<int> characters)
    {
        var (start, end) = (cut, cut);
        while (!characters.Contains(start)) start--;
        while (end < text.Length && !characters.Contains(end)) end++;
        return text[start..end];
    }

    private static string WordAround(string text, int cut)
    {
        var (start, end) = (cut, cut);
        while (start > 0 && !Punctuation.IsSpace(text[start - 1])) start--;
        while (end < text.Length && !Punctuation.IsSpace(text[end])) end++;
        while (end < text.Length && Punctuation.IsSpace(text[end])) end++;
        return text[start..end];
    }
}
