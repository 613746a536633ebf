using VoiceFunctions.Security.Keys;

namespace VoiceFunctions.Tests.Security.Keys;

public sealed class KeyTextTests
{
    private const string Secret = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_";

    [Fact]
    public void Join_OfNewParts_IsReadBack()
    {
        var (id, secret) = (KeyText.NewId(), KeyText.NewSecret());

        Assert.True(KeyText.TryParse(KeyText.Join(id, secret), out var parsedId, out var parsedSecret));

        Assert.Equal(id, parsedId.ToString());
        Assert.Equal(secret, parsedSecret.ToString());
    }

    [Fact]
    public void NewSecret_IsThirtyTwoBytesInBase64Url()
    {
        var secrets = Enumerable.Range(0, 100).Select(_ => KeyText.NewSecret()).ToHashSet();

        Assert.Equal(100, secrets.Count);
        Assert.All(secrets, secret => Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(secret).Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("vf_")]
    [InlineData("abcdefghijkl")]
    [InlineData("vf_abcdefghijkl")]
    [InlineData("vf_abcdefghijkl_")]
    [InlineData("vf_abcdefghijkl_" + Secret + "A")]
    [InlineData("VF_abcdefghijkl_" + Secret)]
    [InlineData("sk_abcdefghijkl_" + Secret)]
    [InlineData("vf_abcdefghijk/_" + Secret)]
    [InlineData("vf_ABCDEFGHIJKL_" + Secret)]
    [InlineData("vf_abcdefghijkl-" + Secret)]
    [InlineData("vf_' or 1 eq 1_" + Secret)]
    [InlineData(" vf_abcdefghijkl_" + Secret)]
    public void TryParse_OfWhatIsNoKey_Fails(string text) => Assert.False(KeyText.TryParse(text, out _, out _));

    [Fact]
    public void Matches_OnlyTheSecretThatWasHashed()
    {
        var secret = KeyText.NewSecret();
        var hash = KeyHash.Of(secret);

        Assert.True(hash.Matches(secret));
        Assert.False(hash.Matches(KeyText.NewSecret()));
        Assert.False(hash.Matches(secret.ToUpperInvariant()));
        Assert.False(KeyHash.Nobody.Matches(secret));
    }

    [Fact]
    public void Of_TheSameSecretTwice_IsSaltedDifferently()
    {
        var secret = KeyText.NewSecret();

        Assert.NotEqual(KeyHash.Of(secret).Hash, KeyHash.Of(secret).Hash);
    }
}
