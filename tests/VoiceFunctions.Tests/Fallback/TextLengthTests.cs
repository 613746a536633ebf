using System.Text;
using CsCheck;
using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Fallback;

public sealed class TextLengthTests
{
    [Theory]
    [InlineData("hello", 5, 5)]
    [InlineData("привет", 6, 12)]
    [InlineData("🙂", 1, 4)]
    [InlineData("👨‍👩‍👧", 5, 18)]
    [InlineData("e\u0301", 2, 3)]
    [InlineData("", 0, 0)]
    public void Of_Text_CountsScalarsOrBytes(string text, int characters, int bytes)
    {
        Assert.Equal(characters, TextLength.Of(text, BillingUnit.Characters));
        Assert.Equal(bytes, TextLength.Of(text, BillingUnit.Bytes));
    }

    [Fact]
    public void Of_Tokens_ErrsTowardsTooLong()
    {
        Assert.Equal(2000, TextLength.Of(new string('a', 6000), BillingUnit.Tokens));
        Assert.Equal(600, TextLength.Of(new string('я', 600), BillingUnit.Tokens));
        Assert.Equal(1, TextLength.Of("a", BillingUnit.Tokens));
    }

    [Fact]
    public void Of_AnyText_TokensAreAtMostCharactersAndThoseAtMostBytes() => Gen.String.Sample(text =>
    {
        var tokens = TextLength.Of(text, BillingUnit.Tokens);
        var characters = TextLength.Of(text, BillingUnit.Characters);
        var bytes = TextLength.Of(text, BillingUnit.Bytes);
        return tokens >= 0 && (tokens > 0 || text.Length == 0) && tokens <= characters && characters <= bytes && bytes == Encoding.UTF8.GetByteCount(text);
    });
}
