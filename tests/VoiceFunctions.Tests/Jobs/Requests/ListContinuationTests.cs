using VoiceFunctions.Jobs;
using VoiceFunctions.Jobs.Requests;

namespace VoiceFunctions.Tests.Jobs.Requests;

public sealed class ListContinuationTests
{
    private const string Mark = "1!4!AAAA 1!8!bmV3LTA-";

    [Fact]
    public void Read_WhatWasWritten_GivesItBack() =>
        Assert.Equal(Mark, ListContinuation.Read(ListContinuation.Write(Mark, "t", JobKind.Tts, JobStatus.Failed), "t", JobKind.Tts, JobStatus.Failed));

    [Fact]
    public void Read_AnyCharacterChanged_IsNone()
    {
        var token = ListContinuation.Write(Mark, "t", kind: null, status: null);

        for (var place = 0; place < token.Length; place++)
        {
            var changed = token.ToCharArray();
            changed[place] = changed[place] == 'A' ? 'Q' : 'A';
            Assert.Null(ListContinuation.Read(new string(changed), "t", kind: null, status: null));
        }
    }

    [Fact]
    public void Read_OfAnotherList_IsNone()
    {
        var token = ListContinuation.Write(Mark, "t", JobKind.Tts, status: null);

        Assert.Null(ListContinuation.Read(token, "u", JobKind.Tts, status: null));
        Assert.Null(ListContinuation.Read(token, "t", JobKind.Stt, status: null));
        Assert.Null(ListContinuation.Read(token, "t", kind: null, status: null));
        Assert.Null(ListContinuation.Read(token, "t", JobKind.Tts, JobStatus.Pending));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    [InlineData("====")]
    public void Read_Garbage_IsNone(string token) => Assert.Null(ListContinuation.Read(token, "t", kind: null, status: null));
}
