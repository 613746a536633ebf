namespace VoiceFunctions.Audio;

/// <summary>A complete file in the format asked for, mono at <paramref name="SampleRate"/> hertz.</summary>
public sealed record EncodedAudio(ReadOnlyMemory<byte> Bytes, AudioFormat Format, int SampleRate)
{
    public string MediaType => AudioFormats.MediaType(Format, SampleRate);
}
