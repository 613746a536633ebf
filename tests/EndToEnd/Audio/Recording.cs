using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Audio;

/// <summary>A recording of a real person and what is said in it.</summary>
public sealed record Recording(string Path, string Transcript)
{
    private const string Pocketsphinx = "/usr/share/pocketsphinx/test/data/";

    public static Recording Kennedy { get; } = Installed(
        "jfk.wav", "and so my fellow americans ask not what your country can do for you ask what you can do for your country");

    /// <summary>The recordings of Debian's pocketsphinx-testdata and of the packages that tools/recordings.json names, with the transcripts that come with them.</summary>
    public static IReadOnlyList<Recording> All { get; } =
    [
        new($"{Pocketsphinx}librivox/sense_and_sensibility_01_austen_64kb-0870.wav", "and mister john dashwood had then leisure to consider how much there might be prudently in his power to do for them"),
        new($"{Pocketsphinx}librivox/sense_and_sensibility_01_austen_64kb-0880.wav", "he was not an ill disposed young man"),
        new($"{Pocketsphinx}librivox/sense_and_sensibility_01_austen_64kb-0890.wav", "unless to be rather cold hearted and rather selfish is to be ill disposed"),
        new($"{Pocketsphinx}librivox/sense_and_sensibility_01_austen_64kb-0920.wav", "had he married a more amiable woman he might have been made still more respectable than he was"),
        new($"{Pocketsphinx}librivox/sense_and_sensibility_01_austen_64kb-0930.wav", "he might even have been made amiable himself"),
        new($"{Pocketsphinx}cards/001.wav", "ten of clubs"),
        new($"{Pocketsphinx}cards/002.wav", "four queen of clubs"),
        new($"{Pocketsphinx}cards/003.wav", "seven of clubs"),
        new($"{Pocketsphinx}cards/004.wav", "five five"),
        new($"{Pocketsphinx}cards/005.wav", "eight of spades four of clubs seven of hearts"),
        new($"{Pocketsphinx}goforward.raw", "go forward ten meters"),
        Installed("2830-3980-0043.wav", "experience proves this"),
        Installed("8455-210777-0068.wav", "your power is sufficient i said"),
        Installed("sentencesWithSilences.wav", "one two three four five six seven eight nine zero one two three stop"),
        Kennedy,
    ];

    /// <summary>The recording as a WAV file: the raw one is 16-bit samples at 16 kHz.</summary>
    public async Task<byte[]> ReadWavAsync()
    {
        var bytes = await File.ReadAllBytesAsync(Path);
        return Path.EndsWith(".raw", StringComparison.Ordinal) ? WavFile.Wrap(bytes, sampleRate: 16_000) : bytes;
    }

    private static Recording Installed(string name, string transcript) => new(System.IO.Path.Combine(Repository.Root, "tools", "recordings", name), transcript);
}
