using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>Providers that fail in the middle of a job.</summary>
public sealed class FallbackTests(JobService service) : IClassFixture<JobService>
{
    private const int Chunks = 9;
    private const int MadeBefore = 4;

    private static readonly string[] Order = ["azure", "google"];

    [Fact]
    public async Task Speech_ProviderDiesHalfWay_OneVoice_IsMadeAnewByTheNextAndBothArePaid()
    {
        using var broken = service.Break("azure", MadeBefore, Fault.Status(500));

        var job = await MakeAsync("one", Order, "voice");

        Assert.Equal("succeeded", (string)job["status"]!);
        Assert.Equal(Chunks, Asked("google", "one"));
        Assert.Equal((MadeBefore, Chunks), (Made(job, "azure"), Made(job, "google")));
        Assert.Contains(("azure", "unavailable"), job.Attempts());
        await AssertWholeAsync(job);

        broken.Dispose();
        // As long a text, made by one provider.
        var azure = (decimal)(await MakeAsync("two", ["azure"], "voice"))["costUsd"]!;
        var google = (decimal)(await MakeAsync("ten", ["google"], "voice"))["costUsd"]!;
        Assert.Equal((azure * MadeBefore / Chunks) + google, (decimal)job["costUsd"]!);
    }

    [Fact]
    public async Task Speech_ProviderDiesHalfWay_Speed_IsFinishedByTheNext()
    {
        using var broken = service.Break("azure", MadeBefore, Fault.RateLimited(retryAfterSeconds: 3600));

        var job = await MakeAsync("speedy", Order, "speed");

        Assert.Equal("succeeded", (string)job["status"]!);
        Assert.Equal(Chunks - MadeBefore, Asked("google", "speedy"));
        Assert.Equal((MadeBefore, Chunks - MadeBefore), (Made(job, "azure"), Made(job, "google")));
        await AssertWholeAsync(job);
    }

    [Theory]
    [InlineData("voice")]
    [InlineData("speed")]
    public async Task Speech_ChunkThatIsRefused_FailsTheJobWithItsPlaceAndTheReason(string consistency)
    {
        var title = $"refused-{consistency}";
        using var broken = service.Break("azure", request => request.Text.Contains("number 5 ", StringComparison.Ordinal) ? Fault.Status(400) : null);

        var job = await MakeAsync(title, Order, consistency);

        AssertFailed(job, "invalid_request", title, "azure: HTTP 400.");
        // What one provider refuses as wrong is wrong for one that can do no more.
        Assert.Equal(0, Asked("google", title));
    }

    [Theory]
    [InlineData("voice")]
    [InlineData("speed")]
    public async Task Speech_ChunkThatNobodyCanSpeak_FailsTheJobAndIsNoSilence(string consistency)
    {
        var title = $"silent-{consistency}";
        Fault? Silent(LoopbackRequest request) => request.Text.Contains("number 5 ", StringComparison.Ordinal) ? Fault.SilentAudio() : null;
        using var azure = service.Break("azure", Silent);
        using var google = service.Break("google", Silent);

        var job = await MakeAsync(title, Order, consistency);

        AssertFailed(job, "providers_unavailable", title, "azure: The audio is silent. google: The audio is silent.");
        // Paid for three times, and not as often as a provider that is down is asked.
        Assert.Equal((3, 3), (Failed(job, "azure"), Failed(job, "google")));
        await service.App.WaitUntilClearedAsync();
    }

    [Fact]
    public async Task Speech_ProviderAsksToWait_IsAskedAgainWhenTheTimeHasPassed()
    {
        var refused = new ConcurrentDictionary<string, bool>();
        using var broken = service.Break("openai", request => refused.TryAdd(request.Text, true) ? Fault.RateLimited(retryAfterSeconds: 2) : null);

        var job = await MakeAsync("patient", ["openai"], "voice");

        Assert.Equal("succeeded", (string)job["status"]!);
        Assert.Equal((Chunks, Chunks), (Made(job, "openai"), Failed(job, "openai")));
        foreach (var tries in service.Servers.OpenAI.Requests.Where(IsOf("patient")).GroupBy(request => request.Text))
        {
            var waited = TimeProvider.System.GetElapsedTime(tries.Min(request => request.ArrivedAt), tries.Max(request => request.ArrivedAt));
            // A timer of the runtime may be a little ahead.
            Assert.True(waited > TimeSpan.FromSeconds(1.9), $"Asked again after {waited}.");
        }
    }

    private static Func<LoopbackRequest, bool> IsOf(string title) => request => request.Text.Contains($"in the {title} tale", StringComparison.Ordinal);

    private static int Made(JsonNode job, string provider) => job.Attempts().Count(attempt => attempt == (provider, "ok"));

    private static int Failed(JsonNode job, string provider) => job.Attempts().Count(attempt => attempt.Provider == provider && attempt.Outcome != "ok");

    private static void AssertFailed(JsonNode job, string code, string title, string reason)
    {
        var start = Tale.Of(title, 5).Length + 1;
        var end = Tale.Of(title, 6).Length + 1;
        Assert.Equal(("failed", code), ((string)job["status"]!, (string)job["error"]!["code"]!));
        Assert.Equal($"Characters {start} to {end} of the text could not be made. {reason}", (string)job["error"]!["detail"]!);
        Assert.Empty(job["results"]!.AsArray());
    }

    private int Asked(string provider, string title) => service.Servers[provider].Requests.Count(IsOf(title));

    private async Task<JsonNode> MakeAsync(string title, string[] providers, string consistency)
    {
        var order = new { text = Tale.Of(title, Chunks), language = "en-US", providers, format = "wav", captions = true, consistency };
        return await service.App.Client.WaitForEndAsync(await service.App.Client.OrderSpeechAsync(order));
    }

    /// <summary>A sentence of this length takes the loopback more than a second.</summary>
    private async Task AssertWholeAsync(JsonNode job)
    {
        var (samples, rate) = WavFile.Read(await service.App.Client.ResultAsync((string)job["id"]!, "audio.wav"));
        Assert.True(samples.Length > Chunks * rate, $"{samples.Length} samples at {rate} Hz.");
    }
}
