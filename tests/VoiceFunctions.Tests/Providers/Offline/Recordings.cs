using VoiceFunctions.Audio;

namespace VoiceFunctions.Tests.Providers.Offline;

/// <summary>Real speech with transcripts: the Debian package pocketsphinx-testdata.</summary>
internal static class Recordings
{
    private const string Folder = "/usr/share/pocketsphinx/test/data/";
    private const string Austen = "librivox/sense_and_sensibility_01_austen_64kb-";

    public static readonly IReadOnlyList<(string File, string Text)> All =
    [
        (Austen + "0870.wav", "and mister john dashwood had then leisure to consider how much there might be prudently in his power to do for them"),
        (Austen + "0880.wav", "he was not an ill disposed young man"),
        (Austen + "0890.wav", "unless to be rather cold hearted and rather selfish is to be ill disposed"),
        (Austen + "0930.wav", "he might even have been made amiable himself"),
        ("cards/001.wav", "ten of clubs"),
        ("cards/002.wav", "four queen of clubs"),
        ("cards/003.wav", "seven of clubs"),
        ("cards/004.wav", "five five"),
        ("cards/005.wav", "eight of spades four of clubs seven of hearts"),
        ("goforward.raw", "go forward ten meters"),
    ];

    public static PcmAudio Read(string file)
    {
        var bytes = File.ReadAllBytes(Folder + file);
        if (!file.EndsWith(".raw", StringComparison.Ordinal)) return Wav.Parse(bytes);
        var wav = new byte[Wav.HeaderBytes + bytes.Length];
        Wav.WriteHeader(wav, 16000, bytes.Length);
        bytes.CopyTo(wav, Wav.HeaderBytes);
        return Wav.Parse(wav);
    }

    /// <summary>Audio one after the other, with half a second of silence between.</summary>
    public static PcmAudio Join(params IReadOnlyList<PcmAudio> parts)
    {
        var gap = new float[parts[0].SampleRate / 2];
        var samples = new List<float>();
        foreach (var part in parts)
        {
            samples.AddRange(part.Samples.Span);
            samples.AddRange(gap);
        }

        return new PcmAudio(samples.ToArray(), parts[0].SampleRate);
    }
}
