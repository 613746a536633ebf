using Microsoft.AspNetCore.Http;
using VoiceFunctions.Problems;
using VoiceFunctions.Security.Keys;

namespace VoiceFunctions.Tests.Security.Keys;

public sealed class KeyHeadersTests
{
    private readonly IHeaderDictionary _headers = new HeaderDictionary();

    [Fact]
    public void Read_NoHeader_IsNoKey() => Assert.Null(KeyHeaders.Read(_headers));

    [Theory]
    [InlineData("Bearer abc")]
    [InlineData("bearer abc")]
    [InlineData("BEARER   abc ")]
    public void Read_Authorization_IsTheKey(string authorization)
    {
        _headers.Authorization = authorization;

        Assert.Equal("abc", KeyHeaders.Read(_headers));
    }

    [Fact]
    public void Read_FunctionsKey_IsTheKey()
    {
        _headers["X-Functions-Key"] = "abc";

        Assert.Equal("abc", KeyHeaders.Read(_headers));
    }

    [Fact]
    public void Read_BothWithTheSame_IsTheKey()
    {
        _headers.Authorization = "Bearer abc";
        _headers["x-functions-key"] = "abc";

        Assert.Equal("abc", KeyHeaders.Read(_headers));
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearerabc")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("abc")]
    [InlineData("")]
    public void Read_AuthorizationOfAnotherKind_IsRefused(string authorization)
    {
        _headers.Authorization = authorization;

        Refuses();
    }

    [Fact]
    public void Read_DifferentKeys_AreNotChosenFrom()
    {
        _headers.Authorization = "Bearer abc";
        _headers["x-functions-key"] = "abd";

        Refuses();
    }

    [Theory]
    [InlineData("Authorization", "Bearer abc")]
    [InlineData("x-functions-key", "abc")]
    public void Read_HeaderTwice_IsRefusedEvenIfItSaysTheSame(string header, string value)
    {
        _headers[header] = new[] { value, value };

        Refuses();
    }

    [Theory]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("x-functions-key", "")]
    public void Read_FarTooLong_IsRefused(string header, string begin)
    {
        _headers[header] = begin + new string('a', 30_000);

        Refuses();
    }

    private void Refuses() => Assert.Equal(ProblemKind.Unauthorized, Assert.Throws<ProblemException>(() => KeyHeaders.Read(_headers)).Kind);
}
