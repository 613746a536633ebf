using System.Net;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd;

public sealed class LoadTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SpeakAndTranscribe_TwentyOfEachAtOnce_AllSucceed()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();
        await using var app = await VoiceApp.StartAsync(storage);
        var recording = await Recording.All[1].ReadWavAsync();

        var speaking = Enumerable.Range(1, 20).Select(async number =>
        {
            using var response = await app.Client.SpeakAsync(new { text = $"This is sentence number {number}.", format = number % 2 == 0 ? "wav" : "mp3" });
            return (response.StatusCode, Length: (await response.Content.ReadAsByteArrayAsync(Cancelled)).Length);
        }).ToArray();
        var listening = Enumerable.Range(1, 20).Select(_ => app.Client.TranscribeTextAsync(recording)).ToArray();

        Assert.All(await Task.WhenAll(speaking), result => Assert.True(result is (HttpStatusCode.OK, > 1000), $"{result}"));
        Assert.All(await Task.WhenAll(listening), text => Assert.Contains("young man", text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Transcribe_CallerHangsUp_FreesTheEngine()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();
        await using var app = await VoiceApp.StartAsync(storage, ("Offline__MaxConcurrentRecognitions", "1"));
        // Ten minutes of speech keep the one recogniser busy for longer than the short call below may take.
        var speech = await Recording.Kennedy.ReadWavAsync();
        var tenMinutes = WavFile.Wrap([.. Enumerable.Repeat(speech[44..], 60).SelectMany(bytes => bytes)], 16_000);
        using var leaving = new CancellationTokenSource();
        var abandoned = app.Client.PostAsync(new Uri("/api/stt", UriKind.Relative), new ByteArrayContent(tenMinutes), leaving.Token);
        Assert.NotEmpty(await app.Client.SpeakWavAsync("The long call is under way."));

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/stt") { Content = new ByteArrayContent(speech) };
        request.Headers.Add("X-Voice-Timeout", "15");
        using var response = await app.Client.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Transcribe_DeadlineTooShort_SaysSo()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();
        await using var app = await VoiceApp.StartAsync(storage);
        var speech = await Recording.Kennedy.ReadWavAsync();
        var tenMinutes = WavFile.Wrap([.. Enumerable.Repeat(speech[44..], 60).SelectMany(bytes => bytes)], 16_000);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/stt") { Content = new ByteArrayContent(tenMinutes) };
        request.Headers.Add("X-Voice-Timeout", "1");

        using var response = await app.Client.SendAsync(request, Cancelled);

        await response.ExpectProblemAsync(HttpStatusCode.GatewayTimeout, "deadline_exceeded");
    }
}
