using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using VoiceFunctions.Jobs.Requests;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Tests.Jobs.Requests;

public sealed class IdempotencyKeyTests
{
    [Fact]
    public void Read_NoHeader_IsNone() => Assert.Null(Read([]));

    [Theory]
    [InlineData("k")]
    [InlineData("0190f1a0-7b3c-7c4e-9d55-3f8a5f0b3c11")]
    public void Read_Key_IsTaken(string key) => Assert.Equal(key, Read([key]));

    [Fact]
    public void Read_WhatIsNoKey_IsRefused()
    {
        foreach (var values in new string?[][] { [""], ["two words"], ["ключ"], [new string('k', 256)], ["a", "b"], [null] })
        {
            Assert.Equal(ProblemKind.InvalidRequest, Assert.Throws<ProblemException>(() => Read(values)).Kind);
        }
    }

    private static string? Read(string?[] values)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers[IdempotencyKey.Header] = new StringValues(values);
        return IdempotencyKey.Read(http.Request);
    }
}
