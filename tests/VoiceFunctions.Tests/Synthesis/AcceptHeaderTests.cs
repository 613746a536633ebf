using CsCheck;
using VoiceFunctions.Synthesis;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Synthesis;

public sealed class AcceptHeaderTests
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json, text/plain, */*")]
    [InlineData("application/json;q=0.9, */*;q=0.8")]
    [InlineData("audio/mpeg;q=0.1, application/json")]
    [InlineData("text/html, application/json")]
    public void PrefersJson_JsonFirst_IsTrue(string accept) => Assert.True(AcceptHeader.PrefersJson(TestRequest.With(("Accept", accept))));

    [Theory]
    [InlineData("")]
    [InlineData("*/*")]
    [InlineData("audio/*")]
    [InlineData("audio/mpeg, application/json")]
    [InlineData("audio/mpeg, application/json;q=0.9")]
    [InlineData("application/json;q=0")]
    [InlineData("application/json;q=0.4, */*")]
    [InlineData("text/html")]
    [InlineData("application/problem+json")]
    [InlineData("json")]
    [InlineData("application/json;;;q=x, ,,")]
    public void PrefersJson_AudioOrNeither_IsFalse(string accept) => Assert.False(AcceptHeader.PrefersJson(TestRequest.With(("Accept", accept))));

    [Fact]
    public void PrefersJson_NoHeader_IsFalse() => Assert.False(AcceptHeader.PrefersJson(TestRequest.With()));

    [Fact]
    public void PrefersJson_Anything_NeverThrows() => Gen.String.Sample(accept =>
    {
        AcceptHeader.PrefersJson(TestRequest.With(("Accept", accept)));
    });
}
