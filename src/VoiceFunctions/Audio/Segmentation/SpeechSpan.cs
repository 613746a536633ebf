using System.Runtime.InteropServices;

namespace VoiceFunctions.Audio.Segmentation;

/// <summary>A stretch of speech: samples from <paramref name="Start"/> up to and without <paramref name="End"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SpeechSpan(long Start, long End)
{
    public long Length => End - Start;
}
