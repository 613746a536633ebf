namespace VoiceFunctions.EndToEnd.Hosting;

/// <summary>A body whose length nobody knows beforehand.</summary>
internal sealed class UnseekableStream(byte[] content) : MemoryStream(content)
{
    public override bool CanSeek => false;
}
