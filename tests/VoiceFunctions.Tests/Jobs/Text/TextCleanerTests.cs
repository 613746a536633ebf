using System.Diagnostics;
using VoiceFunctions.Jobs.Text;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tests.Jobs.Text;

public sealed class TextCleanerTests
{
    [Theory]
    [InlineData("\uFEFFHello\r\nworld\r\r\n\n\n\nagain \t\n", "Hello\nworld\n\nagain")]
    [InlineData("One\n---\nTwo\n\n* * *\n\nThree\n=====\n", "One\n\nTwo\n\nThree")]
    [InlineData("hy\u00ADphen\0ated\u0007 a\tb", "hyphenated a b")]
    [InlineData("- item\n-- no rule\n- - two", "- item\n-- no rule\n- - two")]
    [InlineData("   indented", "   indented")]
    [InlineData("👨‍👩‍👧 e\u0301 «да»", "👨‍👩‍👧 e\u0301 «да»")]
    [InlineData("", "")]
    public void Clean_PlainText_LosesOnlyWhatIsForTheEye(string text, string expected) => Assert.Equal(expected, TextCleaner.Clean(text));

    [Theory]
    [InlineData("# Title\n\nSome **bold** and *italic* ~~gone~~ `code`.", "Title\n\nSome bold and italic gone code.")]
    [InlineData("A [link](http://a.b \"t\"), ![a picture](x.png), <https://c.d>, [ref][1].\n\n[1]: http://e.f", "A link, a picture, https://c.d, ref.")]
    [InlineData("- one\n- two\n  - deep\n\n3. three\n4. four", "one\n\ntwo\n\ndeep\n\n3. three\n\n4. four")]
    [InlineData("- [x] done\n- [ ] open", "done\n\nopen")]
    [InlineData("> quoted\n> text\n\n---\n\nafter", "quoted text\n\nafter")]
    [InlineData("| a | b |\n|---|---|\n| 1 | **2** |", "a, b\n1, 2")]
    [InlineData("---\ntitle: x\n---\nBody &amp; soul&nbsp;<b>here</b><br>there", "Body & soul\u00A0here\nthere")]
    [InlineData("<div>raw &lt; html</div>\n\n<!-- a comment -->\n\ntext", "raw < html\n\ntext")]
    [InlineData("```cs\nvar x = 1;\n```\n", "var x = 1;")]
    [InlineData("Said[^1] it.\n\n[^1]: A note.", "Said it.\n\nA note.")]
    [InlineData("soft\nbreak  \nhard\\\nhard", "soft break\nhard\nhard")]
    [InlineData("2 * 3 * 4 and snake_case_name and 5 < 6", "2 * 3 * 4 and snake_case_name and 5 < 6")]
    [InlineData("Привет, *мир*.\n\n第一段。", "Привет, мир.\n\n第一段。")]
    public void Read_Markdown_IsWhatAReaderSees(string markdown, string expected) =>
        Assert.Equal(expected, string.Join('\n', MarkdownText.Read(markdown).Split('\n').Select(line => line.Trim(' '))));

    [Theory]
    [InlineData(">")]
    [InlineData("- ")]
    [InlineData("[")]
    [InlineData("*a ")]
    [InlineData("![")]
    [InlineData("`")]
    [InlineData("<")]
    [InlineData("a **b** _c_ [d](e)\n\n")]
    [InlineData("|a|b\n")]
    public void Read_HostileMarkdown_EndsInTimeOrIsRefused(string unit)
    {
        var markdown = string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length));
        var begin = Stopwatch.GetTimestamp();

        var refusal = Record.Exception(() => MarkdownText.Read(markdown));

        Measurement.Note($"Markdown of 1,000,000 characters of {unit.Trim()}: {Stopwatch.GetElapsedTime(begin).TotalMilliseconds:0} ms, {(refusal is null ? "read" : "refused")}.");
        Assert.True(refusal is null or FormatException);
    }
}
