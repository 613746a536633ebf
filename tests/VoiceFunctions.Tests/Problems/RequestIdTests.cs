using CsCheck;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Tests.Problems;

public sealed class RequestIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("Trace-1.2_3")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void Assign_ValidId_IsKept(string id) => Assert.Equal(id, Assign(id));

    [Theory]
    [InlineData("a\n")]
    [InlineData("a\r\nX-Injected: 1")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("é")]
    [InlineData("٣")]
    [InlineData("<script>")]
    public void Assign_OtherCharacter_IsReplacedByANewId(string id) => Assert.Matches("^[0-9a-f]{32}$", Assign(id));

    [Fact]
    public void Assign_LongestId_IsKeptAndOneMoreIsNot()
    {
        Assert.Equal(new string('x', 128), Assign(new string('x', 128)));
        Assert.NotEqual(new string('x', 129), Assign(new string('x', 129)));
    }

    [Fact]
    public void Assign_NoneOrTwoSent_MakesNewOnes()
    {
        var first = Assign();
        Assert.Matches("^[0-9a-f]{32}$", first);
        Assert.NotEqual(first, Assign());
        Assert.Matches("^[0-9a-f]{32}$", Assign("a", "b"));
        Assert.Matches("^[0-9a-f]{32}$", Assign(""));
    }

    [Fact]
    public void Assign_AnythingSent_LetsOnlyAllowedCharactersThrough() => Gen.String.Sample(sent =>
    {
        var id = Assign(sent);
        var valid = sent.Length is >= 1 and <= 128 && sent.All(character => character < 128 && (char.IsAsciiLetterOrDigit(character) || "._-".Contains(character, StringComparison.Ordinal)));
        return valid ? id == sent : id != sent && id.Length == 32 && id.All(char.IsAsciiHexDigitLower);
    });

    private static string Assign(params string[] sent)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers[RequestId.Header] = sent;
        RequestId.Assign(context);
        Assert.Equal(context.TraceIdentifier, context.Response.Headers[RequestId.Header].ToString());
        return context.TraceIdentifier;
    }
}
