namespace VoiceFunctions.Testing.Loopback;

/// <summary>One part of a multipart/form-data body (RFC 7578).</summary>
public sealed record LoopbackPart(string Name, string? FileName, string? ContentType, byte[] Content)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Content);
}
