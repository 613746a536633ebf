using VoiceFunctions.Intent;

namespace VoiceFunctions.Tests.Intent;

public sealed class TokenizerTests
{
    [Theory]
    [InlineData("Don’t STOP", "dont stop")]
    [InlineData("Ещё чуть-чуть", "еще чуть чуть")]
    [InlineData("pleeeease", "please")]
    [InlineData("say \"no voice\" now", "say <quote> now")]
    [InlineData("the boys' game, isn't it", "the boys game isnt it")]
    [InlineData("see https://example.com/a?b=c, ok", "see <url> ok")]
    [InlineData("run ```x.y();``` now", "run <code> now")]
    [InlineData("parse {\"a\": 1} now", "parse <code> now")]
    [InlineData("an unclosed \"quote", "an unclosed quote")]
    public void Tokenize_Text_FoldsWordsAndReplacesMaterial(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Tokenizer.Tokenize(text).Where(token => token.Kind == TokenKind.Word).Select(token => token.Text)));

    [Fact]
    public void Tokenize_Punctuation_TellsClausesFromSentences() => Assert.Equal(
        [TokenKind.Word, TokenKind.Comma, TokenKind.Word, TokenKind.Colon, TokenKind.Word, TokenKind.Stop],
        Tokenizer.Tokenize("one, two: three!").Select(token => token.Kind));

    [Fact]
    public void Tokenize_LongText_StopsAtTheBound() => Assert.Equal(Tokenizer.MaxLength, Tokenizer.Tokenize(new string('1', Tokenizer.MaxLength + 1))[^1].End);
}
