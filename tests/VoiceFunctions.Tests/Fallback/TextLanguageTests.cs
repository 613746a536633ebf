using CsCheck;
using VoiceFunctions.Fallback;

namespace VoiceFunctions.Tests.Fallback;

public sealed class TextLanguageTests
{
    [Theory]
    [InlineData("Привет, мир!", "ru")]
    [InlineData("Привіт, світе!", "uk")]
    [InlineData("Γειά σου", "el")]
    [InlineData("שלום", "he")]
    [InlineData("مرحبا", "ar")]
    [InlineData("नमस्ते", "hi")]
    [InlineData("สวัสดี", "th")]
    [InlineData("გამარჯობა", "ka")]
    [InlineData("你好", "zh")]
    [InlineData("日本語です", "ja")]
    [InlineData("漢字漢字漢字かな", "ja")]
    [InlineData("안녕하세요", "ko")]
    public void FromScript_ScriptOfALanguage_NamesIt(string text, string language) => Assert.Equal(language, TextLanguage.FromScript(text));

    [Theory]
    [InlineData("")]
    [InlineData("Hello, world!")]
    [InlineData("Grüße aus Köln")]
    [InlineData("12345 !?")]
    [InlineData("🙂🙂")]
    [InlineData("The word привет means hello in Russian")]
    public void FromScript_LatinOrNoLetters_TellsNothing(string text) => Assert.Null(TextLanguage.FromScript(text));

    [Fact]
    public void FromScript_MostlyCyrillic_IsNotSwayedByALatinName() => Assert.Equal("ru", TextLanguage.FromScript("Сегодня вышел новый Windows, сообщает редакция"));

    [Fact]
    public void FromScript_Anything_NeverThrows() => Gen.Char.Array[0, 60].Sample(characters =>
    {
        var language = TextLanguage.FromScript(new string(characters));
        return language is null || (language.Length == 2 && language.All(char.IsAsciiLetterLower));
    });

    [Fact]
    public void FromScript_OrderOfLetters_DoesNotMatter() => Gen.Char['Ё', 'ҕ'].Array[1, 30].Sample(characters =>
        TextLanguage.FromScript(new string(characters)) == TextLanguage.FromScript(new string([.. characters.Reverse()])));
}
