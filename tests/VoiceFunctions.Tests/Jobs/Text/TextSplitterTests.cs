using System.Diagnostics;
using System.Text;
using VoiceFunctions.Fallback;
using VoiceFunctions.Jobs.Text;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tests.Jobs.Text;

public sealed class TextSplitterTests
{
    private const string Sentence = "The quick brown fox jumps over the lazy dog, and then it goes home. ";

    private static ProviderLimit Characters(int amount) => new(amount, BillingUnit.Characters);

    private static string[] Split(string text, int limit, string? language = "en", int? most = null) =>
        [.. TextSplitter.Split(text, Characters(limit), language, ssml: false, most).Select(chunk => chunk.Text)];

    private static string[] Ssml(string text, int limit, int? most = null) =>
        [.. TextSplitter.Split(text, Characters(limit), "en", ssml: true, most).Select(chunk => chunk.Text)];

    [Fact]
    public void Split_ShortText_IsOneChunkAsItIs() => Assert.Equal([" Hello,\n\n world. "], Split(" Hello,\n\n world. ", 100));

    [Theory]
    [InlineData("First one. Second. Third one here.", 24, "First one. Second. |Third one here.")]
    [InlineData("One, two, three, four, five, six", 20, "One, two, three, |four, five, six")]
    [InlineData("one two three four five six", 15, "one two three |four five six")]
    [InlineData("Aaaa bbbb.\n\nCccc dddd. Eeee.", 25, "Aaaa bbbb.\n\n|Cccc dddd. Eeee.")]
    [InlineData("Aaa bbb\nccc ddd eee", 15, "Aaa bbb\n|ccc ddd eee")]
    [InlineData("今天天气很好，我们去公园吧。然后回家。", 15, "今天天气很好，我们去公园吧。|然后回家。")]
    [InlineData("今天天气很好，我们去公园吧", 9, "今天天气很好，|我们去公园吧")]
    [InlineData("今天天气很好我们去公园吧", 8, "今天天气很好|我们去公园吧")]
    [InlineData("He saw Dr. Smith today", 14, "He saw |Dr. Smith |today")]
    [InlineData("from 100 000 000", 13, "from |100 000 000")]
    [InlineData("\n\n Aaaaaaaa bbb", 10, "Aaaaaaaa |bbb")]
    public void Split_LongText_IsCutAtTheBestPlace(string text, int limit, string expected) => Assert.Equal(expected, string.Join('|', Split(text, limit)));

    [Theory]
    [InlineData("abcdefghijklmnopqrstuvwxyz", 10, "abcdefghi|jklmnopq|rstuvwxyz")]
    [InlineData("https://example.com/a/long/path/that-goes-on", 20, "https://example.com/|a/long/path/|that-goes-on")]
    [InlineData("👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", 12, "👨‍👩‍👧|👨‍👩‍👧👨‍👩‍👧")]
    [InlineData("e\u0301e\u0301e\u0301e\u0301", 5, "e\u0301e\u0301|e\u0301e\u0301")]
    public void Split_WordLongerThanTheLimit_IsCutBetweenCharacters(string text, int limit, string expected) => Assert.Equal(expected, string.Join('|', Split(text, limit)));

    [Fact]
    public void Split_OneCharacterOfManyMarksLongerThanTheLimit_IsCutBetweenScalars()
    {
        var chunks = Split("a" + new string('\u0301', 20) + "b", 8);

        Assert.All(chunks, chunk => Assert.InRange(chunk.Length, 1, 8));
        Assert.Equal("ab", string.Concat(chunks).Replace("\u0301", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Split_CharacterOfManyScalarsThatFitsACue_StaysWhole()
    {
        const string Family = "👨‍👩‍👧‍👦";

        Assert.Equal([Family], Split($"-----{Family}", 100, most: 10));
    }

    [Theory]
    [InlineData("Some words.\n\n***\n\nMore words.\n\n---\n", 20)]
    [InlineData("***\n\nSome words.\n\nMore words.", 20)]
    [InlineData("Some words here.\n\n\n\n- - -\n\n\n\n. . .", 34)]
    public void Split_NothingToSay_GoesToANeighbour(string text, int limit)
    {
        var chunks = Split(text, limit);

        Assert.All(chunks, chunk => Assert.Contains("words", chunk, StringComparison.Ordinal));
        Assert.Equal(text, string.Concat(chunks));
    }

    [Fact]
    public void Split_SilenceLongerThanTheLimit_IsOfTheRangesButNotOfTheTexts()
    {
        var text = new string('-', 50) + " One. " + new string(' ', 100) + "Two." + new string('.', 70);

        var chunks = TextSplitter.Split(text, Characters(20), "en", ssml: false);

        Assert.Equal(["One.", "Two."], chunks.Select(chunk => chunk.Text.Trim(' ', '.', '-') + "."));
        Assert.Equal(text.Length, chunks.Sum(chunk => chunk.Length));
        Assert.All(chunks, chunk => Assert.InRange(chunk.Text.Length, 1, 20));
    }

    [Fact]
    public void Split_NothingToSayAtAll_IsNoChunk() => Assert.Empty(Split("--- \n\n ... ", 5));

    [Fact]
    public void Split_OnlySignsThatHaveNames_AreSaid() => Assert.Equal("€€€ €€€ €€€", string.Concat(Split("€€€ €€€ €€€", 5)));

    [Theory]
    [InlineData(BillingUnit.Characters, 4096)]
    [InlineData(BillingUnit.Bytes, 5000)]
    [InlineData(BillingUnit.Tokens, 2000)]
    public void Split_Book_FillsItsChunksAndLeavesNoCrumb(BillingUnit unit, int amount)
    {
        var text = Book(200_000);
        var limit = new ProviderLimit(amount, unit);

        var chunks = TextSplitter.Split(text, limit, null, ssml: false);

        Assert.Equal(text, string.Concat(chunks.Select(chunk => chunk.Text)));
        var fills = chunks.Select(chunk => (double)TextLength.Of(chunk.Text, unit) / amount).ToArray();
        Measurement.Note($"Book of 200,000 characters by {amount} {unit}: {chunks.Count} chunks, filled {fills.Average():P0} on average, the least {fills.Min():P0}.");
        Assert.InRange(fills.Average(), 0.85, 1);
        Assert.InRange(fills.Min(), 0.4, 1);
    }

    [Fact]
    public void Split_ALittleTooLong_MakesTwoOfAboutTheSameLength()
    {
        var chunks = Split(string.Concat(Enumerable.Repeat(Sentence, 61)), 4096);

        Assert.Equal(2, chunks.Length);
        Assert.InRange((double)chunks[1].Length / chunks[0].Length, 0.8, 1.25);
    }

    [Fact]
    public void Split_ForCaptions_MakesCuesOfSentencesWithinParagraphs()
    {
        const string Text = "Chapter One\n\nIt was a dark night. Yes. The rain fell in torrents, except at occasional intervals, when it was checked by a violent gust of wind.\n\n***\n\nThe end.";

        var chunks = Split(Text, 4096, most: 84);

        Assert.Equal(
            [
                "Chapter One\n\n", "It was a dark night. Yes. ", "The rain fell in torrents, except at occasional intervals, ", "when it was checked by a violent gust of wind.\n\n",
                "***\n\nThe end.",
            ],
            chunks);
    }

    [Fact]
    public void Split_SeveralLimits_KeepsToEach()
    {
        var chunks = TextSplitter.Split(Book(20_000), [Characters(3000), new ProviderLimit(700, BillingUnit.Tokens)], "en", ssml: false);

        Assert.All(chunks, chunk => Assert.InRange(TextLength.Of(chunk.Text, BillingUnit.Tokens), 1, 700));
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(100, 3)]
    public void Split_LimitThatFitsNoText_Throws(int limit, int? most) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TextSplitter.Split("text", Characters(limit), "en", ssml: false, most));

    [Fact]
    public void Split_Ssml_RepeatsWhatIsOpen()
    {
        var chunks = Ssml(
            """<speak version="1.1" xml:lang="en-US"><voice name="a"><prosody rate="+10%"><p>One sentence. Another one. A third, long sentence.</p></prosody></voice></speak>""", 150);

        const string Open = """<speak version="1.1" xml:lang="en-US"><voice name="a"><prosody rate="+10%"><p>""";
        const string Close = "</p></prosody></voice></speak>";
        Assert.Equal([$"{Open}One sentence. {Close}", $"{Open}Another one. A third, long sentence.</p>\n</prosody></voice></speak>"], chunks);
    }

    [Fact]
    public void Split_SsmlParagraphs_AreCutBetweenWithoutEmptyElements()
    {
        var chunks = Ssml("<speak><p><s>First here.</s><s>Second here.</s></p><p>Third here.</p></speak>", 75);

        Assert.Equal(["<speak><p><s>First here.</s> <s>Second here.</s> </p></speak>", "<speak><p>Third here.</p>\n</speak>"], chunks);
    }

    [Theory]
    [InlineData("""<say-as interpret-as="telephone">1 2 3. 4 5 6. 7 8 9</say-as>""")]
    [InlineData("""<phoneme alphabet="ipa" ph="təˈmɑːtoʊ">to ma. to</phoneme>""")]
    [InlineData("""<sub alias="World. Wide. Web. Consortium.">W 3. C</sub>""")]
    [InlineData("""<audio src="a.wav">some. alternative. text <desc>more</desc></audio>""")]
    public void Split_SsmlElementThatSaysWhatIsSpoken_StaysWhole(string element)
    {
        var chunks = Ssml($"<speak>Before, it is {element}, and after.</speak>", element.Length + 30);

        Assert.True(chunks.Length > 1);
        Assert.Single(chunks, chunk => chunk.Contains(element, StringComparison.Ordinal));
    }

    [Fact]
    public void Split_SsmlBreak_StaysBehindTheWordsBeforeIt()
    {
        var chunks = Ssml("""<speak>Some words<break time="1s"/>other words<break time="1s"/> more words</speak>""", 50);

        Assert.Equal(
            ["""<speak>Some words<break time="1s"/> </speak>""", """<speak>other words<break time="1s"/> </speak>""", "<speak> more words</speak>"],
            chunks);
    }

    [Fact]
    public void Split_SsmlBreaksInTheSpaceBetweenTwoCues_AreKept()
    {
        var chunks = Ssml("<speak>Some words. <break time=\"1s\"/>\n<break time=\"2s\"/>Other words.</speak>", 200, most: 12);

        Assert.Single(chunks, chunk => chunk.Contains("1s", StringComparison.Ordinal));
        Assert.Single(chunks, chunk => chunk.Contains("2s", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<p>Hello there! </p> \n<break/>Hello-there! ", "<p>Hello there! </p>| \n<break/>Hello-there! ")]
    [InlineData(" \n<break/>Hello-there! ", " \n<break/>Hello-there! ")]
    [InlineData("Hello-there! <break/> \n<break/>", "Hello-there! <break/> \n<break/>")]
    [InlineData("Hello? \n \n \n \n \nHello-there!", "Hello? \n \n \n \n \n|Hello-there!")]
    public void Split_SsmlWhiteSpaceBetweenTwoCues_IsKept(string words, string expected) => AssertCues(words, expected);

    [Theory]
    [InlineData("------<break/>Hello-there!", "------<break/> Hello-there!")]
    [InlineData("Hello-there! ------<break/>Hello-there!", "Hello-there! ------<break/> |Hello-there!")]
    [InlineData("Hello-there! ------------------------------<break/>", "Hello-there! ------------------------------<break/> ")]
    [InlineData("Hello-there! <sub alias=\"to\">-</sub> Hello-there!", "Hello-there! <sub alias=\"to\">-</sub> |Hello-there!")]
    [InlineData("Hello. <sub alias=\"W3C\">World Wide Web Consortium</sub> Goodbye.", "Hello. |<sub alias=\"W3C\">World Wide Web Consortium</sub>| Goodbye.")]
    public void Split_SsmlElementThatNoCueHasRoomFor_MakesOneLonger(string words, string expected) => AssertCues(words, expected);

    [Fact]
    public void Split_SsmlPausesThatNoCallHasRoomFor_AreRefused()
    {
        var pauses = string.Concat(Enumerable.Repeat("<break time=\"1s\"/> ", 20));

        Assert.Throws<ProblemException>(() => Ssml($"<speak>Some words. {pauses}Other words.</speak>", 100));
        Assert.Empty(Ssml($"<speak>{pauses}</speak>", 100));
    }

    [Fact]
    public void Split_SsmlElementLongerThanTheLimit_IsRefused()
    {
        var problem = Assert.Throws<ProblemException>(() => Ssml($"<speak>a <say-as interpret-as=\"characters\">{new string('x', 200)}</say-as> b</speak>", 100));

        Assert.Equal(ProblemKind.InvalidRequest, problem.Kind);
        Assert.DoesNotContain("xxx", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE speak [<!ENTITY a \"aaaa\">]><speak>&a;</speak>")]
    [InlineData("<!DOCTYPE speak SYSTEM \"http://127.0.0.1/x\"><speak>a</speak>")]
    [InlineData("<speak>&unknown;</speak>")]
    [InlineData("<speak>open")]
    [InlineData("<speak>a</speak><speak>b</speak>")]
    [InlineData("plain text")]
    [InlineData("<speak>a & b</speak>")]
    [InlineData("<speak a=\"1\" a=\"2\">x</speak>")]
    [InlineData("<speak><x:y>z</x:y></speak>")]
    [InlineData("")]
    public void Split_HostileOrMalformedSsml_IsRefused(string ssml)
    {
        var problem = Assert.Throws<ProblemException>(() => Ssml(ssml, 100));

        Assert.Equal(ProblemKind.InvalidRequest, problem.Kind);
        Assert.True(problem.Errors!.ContainsKey("text"));
    }

    [Theory]
    [InlineData("p")]
    [InlineData("other")]
    public void Split_SsmlNestedAThousandDeep_IsRefused(string element)
    {
        var ssml = new StringBuilder("<speak>").Insert(7, $"<{element}>", 1000).Append('a').ToString();

        Assert.Throws<ProblemException>(() => Ssml(ssml + string.Concat(Enumerable.Repeat($"</{element}>", 1000)) + "</speak>", 100));
    }

    [Theory]
    [InlineData("prose", "en")]
    [InlineData("without language", null)]
    [InlineData("one word", "en")]
    [InlineData("spaces", "en")]
    [InlineData("dots", "en")]
    [InlineData("quotes", "en")]
    [InlineData("dashes", "en")]
    [InlineData("marks", "en")]
    [InlineData("chinese", "zh")]
    [InlineData("families", "en")]
    [InlineData("paragraphs", "ru")]
    [InlineData("numbers", "fr")]
    public void Split_AMillionCharacters_IsMeasured(string what, string? language)
    {
        var unit = what switch
        {
            "prose" or "without language" => Sentence,
            "one word" => "a",
            "spaces" => "          ",
            "dots" => ". ",
            "quotes" => "\" ' ",
            "dashes" => "— ",
            "marks" => "e\u0301\u0301",
            "chinese" => "今天天气很好我们去公园吧",
            "families" => "👨‍👩‍👧",
            "paragraphs" => "т. е.\n\n",
            _ => "10 000 ",
        };
        var text = string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length)) + " end";
        foreach (int? most in new int?[] { null, 84 })
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var (chunks, elapsed) = Least(() => TextSplitter.Split(text, Characters(4096), language, ssml: false, most));

            Assert.NotEmpty(chunks);
            Measurement.Note(
                $"Split 1,000,000 characters of {what}{(most is null ? "" : " for captions")}: {chunks.Count} chunks in {elapsed.TotalMilliseconds:0} ms, "
                + $"{(GC.GetAllocatedBytesForCurrentThread() - allocated) / 3e6:0} MB allocated.");
        }
    }

    [Fact]
    public void Split_AMillionCharactersOfSsml_IsMeasured()
    {
        var ssml = new StringBuilder("<speak>");
        while (ssml.Length < 1_000_000) ssml.Append($"<p><prosody rate=\"slow\">{Sentence}<say-as interpret-as=\"date\">1.2.2026</say-as><break/> {Sentence}</prosody></p>");
        var text = ssml.Append("</speak>").ToString();

        var (chunks, elapsed) = Least(() => TextSplitter.Split(text, Characters(4096), "en", ssml: true));

        Assert.All(chunks, chunk => Assert.InRange(chunk.Text.Length, 1, 4096));
        Measurement.Note($"Split 1,000,000 characters of SSML: {chunks.Count} chunks in {elapsed.TotalMilliseconds:0} ms.");
    }

    private static void AssertCues(string words, string expected) =>
        Assert.Equal(expected.Split('|').Select(chunk => $"<speak>{chunk}</speak>"), Ssml($"<speak>{words}</speak>", 100, most: 13));

    /// <summary>The best of three runs: others use the machine, too.</summary>
    private static (IReadOnlyList<TextChunk> Chunks, TimeSpan Elapsed) Least(Func<IReadOnlyList<TextChunk>> split)
    {
        var least = TimeSpan.MaxValue;
        IReadOnlyList<TextChunk> chunks = [];
        for (var run = 0; run < 3; run++)
        {
            var begin = Stopwatch.GetTimestamp();
            chunks = split();
            var elapsed = Stopwatch.GetElapsedTime(begin);
            least = elapsed < least ? elapsed : least;
        }

        return (chunks, least);
    }

    /// <summary>Paragraphs of one to nine sentences of very different lengths, the same on every call.</summary>
    private static string Book(int characters)
    {
        var random = new Random(7);
        var book = new StringBuilder();
        while (book.Length < characters)
        {
            for (var sentence = random.Next(1, 9); sentence > 0; sentence--)
            {
                book.Append("The");
                for (var word = random.Next(3, 40); word > 0; word--) book.Append(' ').Append("interesting"[..random.Next(1, 11)]).Append(random.Next(9) == 0 ? "," : "");
                book.Append(". ");
            }

            book.Append("\n\n");
        }

        return book.ToString();
    }
}
