using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>A text as long as a book's first part, spoken by a provider whose every sentence is known sample by sample.</summary>
public sealed partial class LongTextTests(JobService service) : IClassFixture<JobService>
{
    private const int Characters = 200_000;
    private const int SampleRate = 16_000;

    /// <summary>How many stretches of the file are listened to, and how many sentences each has.</summary>
    private const int Stretches = 8;
    private const int Sentences = 4;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Speech_TwoHundredThousandCharacters_AreOneFileThatIsUnderstood()
    {
        var spoken = await SpokenSentences.SpeakAsync(service.App.Client, SampleRate);
        service.Servers.Google.Audio = spoken.Speak;
        var text = SpokenSentences.Text(Characters);
        var began = TimeProvider.System.GetTimestamp();
        var id = await service.App.Client.OrderSpeechAsync(new { text = string.Join(' ', text), provider = "google", language = "en-US", sampleRate = SampleRate, format = "mp3" });
        var job = await service.App.Client.WaitForSuccessAsync(id);
        var elapsed = TimeProvider.System.GetElapsedTime(began);

        var file = await StoreAsync(id, "audio.mp3");
        try
        {
            // Every sample of every chunk and no other: what an encoder adds in front and behind, its header tells players to leave out.
            var expected = text.Sum(sentence => (long)spoken.Samples(sentence).Length);
            var samples = await DecodeAsync(file.FullName);
            Assert.Equal(expected, samples.Length);
            await AssertUnderstoodAsync(text, spoken, samples);
            Measurement.Note(
                $"{Characters} characters in {(int)job["progress"]!["total"]!} chunks: {(double)samples.Length / SampleRate / 3600:0.00} hours of speech in {elapsed.TotalSeconds:0} s.");
        }
        finally
        {
            file.Delete();
        }
    }

    [Fact]
    public async Task Speech_CaptionsOfMoreChunksThanAnOrchestrationHas_LineUpWithWhatIsSaid()
    {
        var spoken = await SpokenSentences.SpeakAsync(service.App.Client, SampleRate);
        service.Servers.Google.Audio = spoken.Speak;
        var text = SpokenSentences.Text(4_600);
        Assert.InRange(text.Count, 65, 80);
        var id = await service.App.Client.OrderSpeechAsync(
            new { text = string.Join(' ', text), provider = "google", language = "en-US", sampleRate = SampleRate, format = "wav", captions = true });
        await service.App.Client.WaitForSuccessAsync(id);

        var cues = Cue().Matches(System.Text.Encoding.UTF8.GetString(await service.App.Client.ResultAsync(id, "captions.srt")));
        Assert.Equal(text.Count, cues.Count);
        var start = 0d;
        for (var number = 0; number < text.Count; number++)
        {
            var end = start + ((double)spoken.Samples(text[number]).Length / SampleRate);
            Assert.Equal(text[number], string.Join(' ', cues[number].Groups["text"].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
            Assert.Equal(start, Seconds(cues[number].Groups["start"].Value), 0.2);
            Assert.Equal(end, Seconds(cues[number].Groups["end"].Value), 0.2);
            start = end;
        }
    }

    private static double Seconds(string time) => TimeSpan.Parse(time.Replace(',', '.'), CultureInfo.InvariantCulture).TotalSeconds;

    private async Task<FileInfo> StoreAsync(string id, string name)
    {
        var file = new FileInfo(Path.Combine(Path.GetTempPath(), $"voice-long-{Guid.NewGuid():N}.mp3"));
        await using var source = await service.App.Client.GetStreamAsync(new Uri($"/api/jobs/{id}/results/{name}", UriKind.Relative), Cancelled);
        await using var target = file.Create();
        await source.CopyToAsync(target, Cancelled);
        return file;
    }

    /// <summary>The samples as ffmpeg gives them, which has nothing to warn of.</summary>
    private static async Task<short[]> DecodeAsync(string path)
    {
        var start = new ProcessStartInfo("ffmpeg", ["-v", "warning", "-nostdin", "-i", path, "-f", "s16le", "-ac", "1", "-ar", $"{SampleRate}", "-"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var warnings = process.StandardError.ReadToEndAsync(Cancelled);
        using var samples = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(samples, Cancelled);
        await process.WaitForExitAsync(Cancelled);
        Assert.Equal("", await warnings);
        return WavFile.Samples(samples.ToArray());
    }

    /// <summary>Hears stretches of the file from its first sentences to its last, and the same sentences one by one.</summary>
    private async Task AssertUnderstoodAsync(IReadOnlyList<string> text, SpokenSentences spoken, short[] samples)
    {
        var (whole, single) = (default(WordErrorRate), default(WordErrorRate));
        foreach (var sentence in SpokenSentences.All)
        {
            single += WordErrorRate.Between(sentence, await HearAsync(spoken.Samples(sentence)));
        }

        var places = new int[text.Count + 1];
        for (var number = 0; number < text.Count; number++)
        {
            places[number + 1] = places[number] + spoken.Samples(text[number]).Length;
        }

        for (var stretch = 0; stretch < Stretches; stretch++)
        {
            var first = stretch * (text.Count - Sentences) / (Stretches - 1);
            var heard = await HearAsync(samples.AsSpan(places[first]..places[first + Sentences]));
            whole += WordErrorRate.Between(string.Join(' ', text.Skip(first).Take(Sentences)), heard);
        }

        Measurement.Note($"Long text, {Stretches} stretches of it: {whole.Errors} errors in {whole.Words} words, {whole.Rate:P1}; its sentences one by one {single.Rate:P1}.");
        Assert.True(whole.Rate <= single.Rate + 0.05, $"The word error rate is {whole.Rate:P1}, that of the sentences alone {single.Rate:P1}.");
    }

    private Task<string> HearAsync(ReadOnlySpan<short> samples) => HearWavAsync(AudioSamples.Wav(samples, SampleRate));

    private async Task<string> HearWavAsync(byte[] wav)
    {
        using var response = await service.App.Client.TranscribeAsync(wav, "?provider=offline");
        JsonNode body = await response.ReadJsonAsync();
        Assert.True(response.IsSuccessStatusCode, body.ToJsonString());
        return (string)body["text"]!;
    }

    [GeneratedRegex("""\d+\n(?<start>[\d:,]+) --> (?<end>[\d:,]+)\n(?<text>.+?)\n(\n|$)""", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Cue();
}
