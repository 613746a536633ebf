using VoiceFunctions.Jobs.Requests;

namespace VoiceFunctions.Tests.Jobs.Requests;

public sealed class InboxNameTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("meeting.mp3", "meeting.mp3")]
    [InlineData("../../etc/passwd", "_.._etc_passwd")]
    [InlineData("Über uns?.wav", "_ber_uns_.wav")]
    [InlineData("...", "upload")]
    [InlineData("a\u0000b\nc", "a_b_c")]
    [InlineData("会議.m4a", "__.m4a")]
    public void New_AnyName_IsSafeAndKeepsItsExtension(string name, string expected)
    {
        var blob = InboxName.New("default", Noon, name);

        Assert.Equal(["20260301", "default"], blob.Split('/')[..2]);
        Assert.Equal(expected, blob.Split('/')[3]);
        Assert.Equal(blob, InboxName.Parse(InboxName.Reference(blob), "default"));
    }

    [Fact]
    public void New_LongName_KeepsItsEnd()
    {
        var name = InboxName.New("default", Noon, new string('x', 190) + ".flac").Split('/')[3];

        Assert.Equal(100, name.Length);
        Assert.EndsWith(".flac", name, StringComparison.Ordinal);
    }

    [Fact]
    public void New_SameNameTwice_IsAnotherFolder() => Assert.NotEqual(InboxName.New("default", Noon, "a"), InboxName.New("default", Noon, "a"));

    [Fact]
    public void Parse_SomebodyElses_IsNone() => Assert.Null(InboxName.Parse(InboxName.Reference(InboxName.New("a", Noon, "x.wav")), "b"));

    [Theory]
    [InlineData("")]
    [InlineData("inbox/")]
    [InlineData("uploads/20260301/default/0123456789abcdef0123456789abcdef/a.wav")]
    [InlineData("inbox/20260301/default/0123456789abcdef0123456789abcdef/")]
    [InlineData("inbox/20260301/default/0123456789abcdef0123456789abcdef/a b.wav")]
    [InlineData("inbox/20260301/default/0123456789abcdef0123456789abcdef/a/b.wav")]
    [InlineData("inbox/20260301/default/../a.wav")]
    [InlineData("inbox/2026030x/default/0123456789abcdef0123456789abcdef/a.wav")]
    [InlineData("https://evil.example/inbox/20260301/default/0123456789abcdef0123456789abcdef/a.wav")]
    public void Parse_WhatWasNeverGivenOut_IsNone(string reference) => Assert.Null(InboxName.Parse(reference, "default"));
}
