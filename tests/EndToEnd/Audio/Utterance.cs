namespace VoiceFunctions.EndToEnd.Audio;

/// <summary>Something that a real person said: 16-bit samples at 16 kHz, and the words.</summary>
internal sealed record Utterance(byte[] Samples, string Transcript)
{
    public const int SampleRate = 16_000;

    /// <summary>All recordings and prompts that the tests have: 21 minutes, nearly three thousand words.</summary>
    public static async Task<IReadOnlyList<Utterance>> ReadAllAsync()
    {
        var utterances = new List<Utterance>();
        foreach (var recording in Recording.All)
        {
            var samples = await Converter.ConvertAsync(await recording.ReadWavAsync(), "raw", "-f", "s16le", "-ar", $"{SampleRate}", "-ac", "1");
            utterances.Add(new Utterance(samples, recording.Transcript));
        }

        var prompts = await Prompt.ListAsync();
        var decoded = new Utterance[prompts.Count];
        await Parallel.ForAsync(0, prompts.Count, async (number, _) => decoded[number] = new Utterance(await Prompt.DecodeAsync(prompts[number].Path), prompts[number].Transcript));
        return [.. utterances, .. decoded];
    }

    public byte[] ToWav() => WavFile.Wrap(Samples, SampleRate);
}
