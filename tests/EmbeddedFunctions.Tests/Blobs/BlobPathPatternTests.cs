using EmbeddedFunctions.Hosting.Blobs;

namespace EmbeddedFunctions.Tests.Blobs;

public sealed class BlobPathPatternTests
{
    [Theory]
    [InlineData("uploads/{name}", "a.wav", "name=a.wav")]
    [InlineData("uploads/{name}", "folder/a.wav", "name=folder/a.wav")]
    [InlineData("uploads/{name}.wav", "a.wav", "name=a")]
    [InlineData("uploads/{name}.wav", "a.WAV", null)]
    [InlineData("uploads/stt/{name}.{ext}", "stt/a.b.wav", "name=a.b ext=wav")]
    [InlineData("uploads/stt/{name}.{ext}", "tts/a.wav", null)]
    [InlineData("uploads/stt/{name}.{ext}", "old/stt/a.wav", null)]
    [InlineData("uploads/{folder}/{name}", "a/b/c", "folder=a/b name=c")]
    [InlineData("uploads/{{x}}-{name}", "{x}-a", "name=a")]
    [InlineData("uploads/file.txt", "file.txt", "")]
    [InlineData("uploads/file.txt", "file-txt", null)]
    [InlineData("uploads", "any/thing", "")]
    public void Match_Name_GivesTheParameters(string path, string name, string? parameters)
    {
        var pattern = BlobPathPattern.Parse(path, Assert.Fail)!;

        Assert.Equal("uploads", pattern.Container);
        Assert.Equal(parameters is not null, pattern.IsMatch(name));
        if (parameters is not null)
        {
            Assert.StartsWith(pattern.Prefix, name, StringComparison.Ordinal);
            Assert.Equal(parameters, string.Join(' ', pattern.Read(name).Select(pair => $"{pair.Name}={pair.Value}")));
        }
    }

    [Theory]
    [InlineData("uploads/stt/{name}.{ext}", "stt/")]
    [InlineData("uploads/{name}", "")]
    [InlineData("uploads/{{a}}{name}", "{a}")]
    [InlineData("uploads/file.txt", "file.txt")]
    [InlineData("$root/{name}", "")]
    public void Prefix_Path_IsItsTextBeforeTheFirstParameter(string path, string prefix) =>
        Assert.Equal(prefix, BlobPathPattern.Parse(path, Assert.Fail)!.Prefix);

    [Theory]
    [InlineData("", "must be a container")]
    [InlineData("/{name}", "must be a container")]
    [InlineData("uploads/", "must be a container")]
    [InlineData("Uploads/{name}", "must be a container")]
    [InlineData("up--loads/{name}", "must be a container")]
    [InlineData("{container}/{name}", "must be a container")]
    [InlineData("uploads/{name}/{Name}", "the parameter 'Name' twice")]
    [InlineData("uploads/{na-me}", "a brace")]
    [InlineData("uploads/{name", "a brace")]
    [InlineData("uploads/name}", "a brace")]
    [InlineData("uploads/{}", "a brace")]
    [InlineData("uploads/{name:yyyy}", "a brace")]
    public void Parse_NoPattern_IsRefused(string path, string reason)
    {
        var reasons = new List<string>();

        Assert.Null(BlobPathPattern.Parse(path, reasons.Add));

        Assert.Contains(reason, Assert.Single(reasons), StringComparison.Ordinal);
    }
}
