using System.Collections.Concurrent;
using System.Net;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>Every provider with every fault in front of the offline engines: the caller gets speech or text, and is told what went wrong.</summary>
[Collection<MatrixCollection>]
public sealed class MatrixTests(MatrixApp app)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("openai", "wav")]
    [InlineData("azure", "wav")]
    [InlineData("google", "wav")]
    [InlineData("yandex", "wav")]
    public Task Speak_ProviderWithEachFault_IsSpokenOffline(string provider, string format) =>
        CheckAsync(MatrixCase.Synthesis, number => SpeakAsync(provider, number, format));

    /// <summary>Compressed audio goes bad in ways of its own; the rest does not depend on the format.</summary>
    [Theory]
    [InlineData("openai", "mp3")]
    [InlineData("openai", "opus")]
    [InlineData("openai", "flac")]
    [InlineData("openai", "aac")]
    [InlineData("openai", "pcm")]
    [InlineData("azure", "mp3")]
    [InlineData("azure", "opus")]
    [InlineData("azure", "pcm")]
    [InlineData("google", "mp3")]
    [InlineData("google", "opus")]
    [InlineData("yandex", "mp3")]
    [InlineData("yandex", "opus")]
    [InlineData("yandex", "pcm")]
    public Task Speak_BadAudioInEachFormat_IsSpokenOffline(string provider, string format) =>
        CheckAsync(MatrixCase.Synthesis, number => SpeakAsync(provider, number, format), oneCase => oneCase.Outcome == "bad_result");

    [Theory]
    [InlineData("openai")]
    [InlineData("azure")]
    [InlineData("google")]
    [InlineData("yandex")]
    public Task Transcribe_ProviderWithEachFault_IsHeardOffline(string provider) =>
        CheckAsync(MatrixCase.Recognition, number => HearAsync(provider, number));

    /// <summary>Runs the cases a few at a time and tells of all that came out otherwise than the table says.</summary>
    private static async Task CheckAsync(IReadOnlyList<MatrixCase> cases, Func<int, Task> check, Func<MatrixCase, bool>? filter = null)
    {
        var wrong = new ConcurrentBag<string>();
        var numbers = Enumerable.Range(0, cases.Count).Where(number => filter is null || filter(cases[number]));
        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = Cancelled }, async (number, _) =>
        {
            try
            {
                await check(number);
            }
            catch (Xunit.Sdk.XunitException exception)
            {
                wrong.Add($"{cases[number].Name}: {exception.Message}");
            }
        });
        Assert.True(wrong.IsEmpty, string.Join("\n", wrong));
    }

    private async Task SpeakAsync(string provider, int number, string format)
    {
        var (_, outcome, tries, _) = MatrixCase.Synthesis[number];
        var before = app.CountOf(provider, synthesis: true, number);

        using var response = await app.Client.SpeakAsync(
            new { text = MatrixCase.Text(number), providers = new[] { provider, "offline" }, format, cache = "bypass" });

        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal($"{ProviderCalls.Times(provider, outcome, tries)},offline=ok", response.Headers.Attempts());
        Assert.Equal(tries, app.CountOf(provider, synthesis: true, number) - before);
        Assert.Equal("offline", Assert.Single(response.Headers.GetValues("X-Voice-Provider")));
        var audio = await response.Content.ReadAsByteArrayAsync(Cancelled);
        var (seconds, peak) = format switch
        {
            "wav" => Measure(WavFile.Read(audio)),
            "pcm" => Measure((WavFile.Samples(audio), 16_000)),
            _ => await Converter.PlayAsync(audio),
        };
        Assert.InRange(seconds, 2, 8);
        Assert.InRange(peak, 0.05, 1);
    }

    private static (double Seconds, double Peak) Measure((short[] Samples, int Rate) audio) =>
        ((double)audio.Samples.Length / audio.Rate, audio.Samples.Max(sample => Math.Abs((int)sample)) / 32768d);

    private async Task HearAsync(string provider, int number)
    {
        var (_, outcome, tries, _) = MatrixCase.Recognition[number];

        using var response = await app.Client.HearByAsync(app.RecordingOf(number), provider, "offline");

        var body = await response.ReadJsonAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, body.ToJsonString());
        Assert.Equal($"{ProviderCalls.Times(provider, outcome, tries)},offline=ok", body.Attempts());
        Assert.Equal(tries, app.CountOf(provider, synthesis: false, number));
        Assert.Equal("offline", (string?)body["provider"]);
        var heard = (string)body["text"]!;
        // The silence that numbers the case moves a word now and then.
        Assert.True(WordErrorRate.Between("experience proves this", heard).Errors <= 1, heard);
    }
}
