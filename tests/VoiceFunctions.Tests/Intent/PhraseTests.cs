using VoiceFunctions.Intent;

namespace VoiceFunctions.Tests.Intent;

public sealed class PhraseTests
{
    [Theory]
    [InlineData("say|tell it", "please tell it", true)]
    [InlineData("say it", "say and it", false)]
    [InlineData("say ~1 it", "say and it", true)]
    [InlineData("say ~1 it", "say and do it", false)]
    [InlineData("say ~2 it", "say, it", false)]
    [InlineData("say ~~2 it", "say, it", true)]
    [InlineData("say ~~2 it", "say. it", false)]
    [InlineData("сказк*", "про сказками", true)]
    [InlineData("говори(те)", "говорите", true)]
    [InlineData("говори(те)", "говорил", false)]
    [InlineData("^ say", "now, please say", true)]
    [InlineData("^ say", "I want you to say", true)]
    [InlineData("^ say", "they always say", false)]
    [InlineData("say $", "say, it", true)]
    [InlineData("say $", "say it", false)]
    [InlineData("< more", "ok, more of it", true)]
    [InlineData("< more", "give more", false)]
    [InlineData("more >", "more, please!", true)]
    [InlineData("more >", "more sugar", false)]
    public void MatchAt_SomeToken_MatchesWhatTheNotationSays(string pattern, string text, bool expected)
    {
        var phrase = Phrase.Parse(pattern);
        var tokens = Tokenizer.Tokenize(text);

        Assert.Equal(expected, Enumerable.Range(0, tokens.Count).Any(start => phrase.MatchAt(tokens, start) is not null));
    }

    [Fact]
    public void Parse_UnknownList_IsRefused() => Assert.Throws<KeyNotFoundException>(() => Phrase.Parse("say @nothing"));

    [Fact]
    public void Rules_All_HaveAWeightAndAReason() => Assert.All(
        [.. EnglishRequests.All, .. RussianRequests.All, .. EnglishCircumstances.All, .. RussianCircumstances.All],
        rule =>
        {
            Assert.InRange(rule.Weight, 0.1, 0.99);
            Assert.NotEmpty(rule.Reason);
            Assert.NotEmpty(rule.Phrases);
        });
}
