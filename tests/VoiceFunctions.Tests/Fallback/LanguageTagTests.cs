using CsCheck;
using VoiceFunctions.Fallback;

namespace VoiceFunctions.Tests.Fallback;

public sealed class LanguageTagTests
{
    private static readonly Gen<string> Tags = Gen.Select(
        Gen.Int[0, 3].Select(index => new[] { "en", "EN", "de", "fil" }[index]),
        Gen.Int[0, 3].Select(index => new[] { "US", "us", "Latn", "GB" }[index]).Array[0, 3],
        (language, subtags) => string.Join('-', [language, .. subtags]));

    [Theory]
    [InlineData("en", "en")]
    [InlineData("en", "en-GB")]
    [InlineData("en-US", "en")]
    [InlineData("EN-us", "en-US")]
    [InlineData("zh-Hans", "zh-Hans-CN")]
    public void Covers_SameFromTheLeft_IsTrue(string listed, string wanted) => Assert.True(LanguageTag.Covers(listed, wanted));

    [Theory]
    [InlineData("en-US", "en-GB")]
    [InlineData("en", "eng")]
    [InlineData("fil", "fi")]
    [InlineData("en-U", "en-US")]
    [InlineData("sr-Latn", "sr-Cyrl")]
    [InlineData("de", "en")]
    [InlineData("en", "en\n")]
    public void Covers_OtherSubtag_IsFalse(string listed, string wanted) => Assert.False(LanguageTag.Covers(listed, wanted));

    [Fact]
    public void Covers_EmptyList_IsEveryLanguage() => Assert.True(LanguageTag.Covers([], "tlh"));

    [Fact]
    public void Covers_SeveralListed_TakesAnyOfThem()
    {
        Assert.True(LanguageTag.Covers(["de", "en-GB"], "en"));
        Assert.False(LanguageTag.Covers(["de", "en-GB"], "en-US"));
    }

    [Fact]
    public void Covers_AnyTwoTags_IsSymmetricAndBlindToCase() => Gen.Select(Tags, Tags).Sample((a, b) =>
        LanguageTag.Covers(a, b) == LanguageTag.Covers(b, a) && LanguageTag.Covers(a, b) == LanguageTag.Covers(a.ToUpperInvariant(), b.ToLowerInvariant()));

    [Fact]
    public void Covers_AnyTag_CoversItselfItsPrimaryAndNeedsTheSamePrimary() => Gen.Select(Tags, Tags).Sample((a, b) =>
        LanguageTag.Covers(a, a) && LanguageTag.Covers(LanguageTag.Primary(a), a)
        && (!LanguageTag.Covers(a, b) || LanguageTag.Primary(a).Equals(LanguageTag.Primary(b), StringComparison.OrdinalIgnoreCase)));
}
