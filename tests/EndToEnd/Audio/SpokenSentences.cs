using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Audio;

/// <summary>Sentences that the offline engine has spoken once, so that a loopback provider can speak any text made of them at no cost.</summary>
internal sealed class SpokenSentences
{
    private readonly Dictionary<string, short[]> _spoken = [];

    private SpokenSentences(int sampleRate) => SampleRate = sampleRate;

    public static IReadOnlyList<string> All { get; } =
    [
        "The train to the coast leaves every morning at a quarter past eight.",
        "Please remember to water the plants while we are away.",
        "She opened the old wooden box and found a letter from her grandmother.",
        "Would you like a cup of coffee, or do you prefer tea?",
        "The library closes early on Fridays during the winter.",
        "Nobody expected the small company to win the national award.",
        "Turn left at the church and walk straight down to the river.",
        "He has been learning to play the piano for almost three years.",
        "The weather report promises rain in the north and sunshine in the south.",
        "Thank you for calling, we will answer your question as soon as possible.",
    ];

    public int SampleRate { get; }

    public static async Task<SpokenSentences> SpeakAsync(HttpClient client, int sampleRate)
    {
        var sentences = new SpokenSentences(sampleRate);
        foreach (var sentence in All)
        {
            using var response = await client.SpeakAsync(new { text = sentence, provider = "offline", format = "wav", sampleRate });
            sentences._spoken[sentence] = WavFile.Read(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Samples;
        }

        return sentences;
    }

    /// <summary>A text of at least so many characters, always the same.</summary>
    public static IReadOnlyList<string> Text(int characters)
    {
        var sentences = new List<string>();
        for (var length = 0; length < characters; length += sentences[^1].Length + 1)
        {
            // Steps through them in another order each round.
            sentences.Add(All[(sentences.Count * 7 + sentences.Count / All.Count) % All.Count]);
        }

        return sentences;
    }

    public short[] Samples(string sentence) => _spoken[sentence];

    /// <summary>What a loopback provider answers. A text that is not made of whole sentences has been cut where nobody would.</summary>
    public byte[] Speak(string text, string format, int sampleRate, bool silent)
    {
        Assert.Equal(("wav", SampleRate), (format, sampleRate));
        var samples = new List<short>();
        for (var rest = text.Trim(); rest.Length > 0; )
        {
            var sentence = All.FirstOrDefault(candidate => rest.StartsWith(candidate, StringComparison.Ordinal))
                ?? throw new InvalidOperationException($"Cut within a sentence: {rest[..Math.Min(80, rest.Length)]}");
            samples.AddRange(_spoken[sentence]);
            rest = rest[sentence.Length..].TrimStart();
        }

        return AudioSamples.Wav([.. samples], sampleRate);
    }
}
