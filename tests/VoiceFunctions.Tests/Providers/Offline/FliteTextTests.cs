using CsCheck;
using VoiceFunctions.Providers;
using VoiceFunctions.Providers.Offline;

namespace VoiceFunctions.Tests.Providers.Offline;

public class FliteTextTests
{
    [Theory]
    [InlineData("“Hi” — it’s 5 €…", "\"Hi\"  -  it's 5  euros ...")]
    [InlineData("Crème brûlée, Straße, Łódź, Ærø", "Creme brulee, Strasse, Lodz, AEro")]
    [InlineData("a\tb\0c😀d", "a b c d")]
    [InlineData("cafe\u0301", "cafe")]
    public void TryWrite_LatinText_IsAscii(string text, string expected)
    {
        Assert.True(FliteText.TryWrite(text, out var ascii));
        Assert.Equal(expected, ascii);
    }

    [Theory]
    [InlineData("Привет")]
    [InlineData("number ٣")]
    [InlineData("你好")]
    public void TryWrite_OtherLetters_IsRefused(string text) => Assert.False(FliteText.TryWrite(text, out _));

    [Fact]
    public void Split_AnyText_KeepsEveryLetterInPiecesThatAreShortEnough() => Gen.OneOf(Gen.Char['a', 'z'], Gen.Const(' '), Gen.Const('\n'), Gen.Const('.'), Gen.Const(','), Gen.Char[' ', '~']).Array[0, 4096].Sample(characters =>
    {
        var text = new string(characters);
        var pieces = FliteText.Split(text).ToList();
        Assert.All(pieces, piece => Assert.InRange(piece.Length, 1, FliteText.MaxPiece));
        Assert.Equal(text.Where(char.IsLetterOrDigit), string.Concat(pieces).Where(char.IsLetterOrDigit));
    });

    [Fact]
    public void Split_LongText_CutsBehindSentences()
    {
        var sentence = string.Concat(Enumerable.Repeat("word, ", 30)) + "end.";
        var pieces = FliteText.Split(string.Join(' ', Enumerable.Repeat(sentence, 9))).ToList();
        Assert.True(pieces.Count > 3);
        Assert.All(pieces, piece => Assert.EndsWith("end.", piece, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Hello", null)]
    [InlineData("123 !", null)]
    [InlineData("Привет, John", "ru")]
    [InlineData("Hello Иван, how are you", null)]
    [InlineData("Ще не вмерла Україна, її", "uk")]
    [InlineData("Добры дзень, ўсім", "be")]
    [InlineData("今日は良い天気です", "ja")]
    [InlineData("你好世界", "zh")]
    [InlineData("안녕하세요", "ko")]
    [InlineData("Γειά σου", "el")]
    [InlineData("שלום", "he")]
    [InlineData("नमस्ते", "hi")]
    public void Detect_Script_GivesTheLanguage(string text, string? language) => Assert.Equal(language, WrittenLanguage.Detect(text));
}
