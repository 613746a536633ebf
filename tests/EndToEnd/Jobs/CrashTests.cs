using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>
/// One job of each kind whose process is killed in each of its stages, before storage has what the stage writes or before the app knows that it has. What comes
/// out is what an undisturbed job makes, at the price that it tells, nothing that is stored is bought again, and nothing is left over.
/// </summary>
public sealed class CrashTests
{
    private const int InFlight = 3;
    private const int Chunks = 10;

    /// <summary>The loopback stands for the real one, whose prices are known.</summary>
    private static readonly (string Name, string? Value) Priced = ("OpenAI__ListPrices", "true");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Speech_ProcessKilledInEachStage_EndsWithTheRightBytesAndBuysNothingTwice()
    {
        await using var app = await JobApp.StartProxiedAsync(Priced, ("Jobs__Chunks__InFlight", $"{InFlight}"));
        await RunAsync(
            app,
            cache => app.Client.OrderSpeechAsync(new { text = Tale.Of("crash", Chunks), provider = "openai", model = "tts-1", format = "wav", captions = true, cache }),
            request => request.Json().RootElement.GetProperty("input").GetString()!.Trim(),
            ["audio.wav", "captions.srt", "captions.vtt"],
            "/plan/0.txt",
            "/captions.vtt");
    }

    [Fact]
    public async Task Transcript_ProcessKilledInEachStage_EndsWithTheRightBytesAndBuysNothingTwice()
    {
        await using var app = await JobApp.StartProxiedAsync(Priced, ("Jobs__Chunks__InFlight", $"{InFlight}"), ("Jobs__Chunks__PieceDuration", "00:00:05"));
        var recording = await LongRecordingAsync();
        await RunAsync(
            app,
            cache => app.Client.OrderTranscriptAsync(recording, $"?provider=openai&language=en&outputs=json,srt&cache={cache}"),
            request => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(request.Part("file")!.Content)),
            ["transcript.json", "transcript.srt"],
            "/pieces/000001",
            "/transcript.srt");
    }

    /// <param name="app">With a proxy.</param>
    /// <param name="order">Orders the job, with or without the cache.</param>
    /// <param name="chunk">Tells the chunk that a request to the provider is for.</param>
    /// <param name="results">The names of what the job makes, in order.</param>
    /// <param name="split">What the plan writes first.</param>
    /// <param name="last">What the stitching writes last.</param>
    private static async Task RunAsync(
        JobApp app, Func<string, Task<string>> order, Func<LoopbackRequest, string> chunk, string[] results, string split, string last)
    {
        var provider = app.Servers.OpenAI;
        var undisturbed = await order("bypass");
        var cost = (decimal?)(await app.Client.WaitForSuccessAsync(undisturbed))["costUsd"];
        Assert.True(cost > 0);
        var expected = new List<byte[]>();
        foreach (var name in results)
        {
            expected.Add(await app.Client.ResultAsync(undisturbed, name));
        }

        var before = provider.Count;
        var id = "";
        var inFlight = 0;
        await KillAsync("plan, before anything is stored", app.Proxy.Hold(Put(split)), begin: async () => id = await order("default"));
        await KillAsync("plan, before it is known to be stored", app.Proxy.Hold(Put("/plan/0.json"), afterwards: true));

        var held = Fault.Held();
        var asked = 0;
        provider.FaultFor = _ => Interlocked.Increment(ref asked) > InFlight ? held : null;
        await app.StartAgainAsync();
        await WaitUntilAsync(() => provider.Count >= before + (2 * InFlight) && provider.UnderWay == InFlight);
        await CrashAsync("chunks, while the provider makes some", countsFlight: true);
        held.Release();
        provider.FaultFor = null;

        // Paid for, and nowhere but in the cache.
        await KillAsync("chunks, before one is stored", app.Proxy.Hold(Put("/chunks/0/")), countsFlight: true);
        await KillAsync("chunks, before one is known to be stored", app.Proxy.Hold(Put("/chunks/0/"), afterwards: true), countsFlight: true);
        await KillAsync("stitch, before anything is stored", app.Proxy.Hold(Put($"/{results[0]}")));
        await KillAsync("stitch, before it is known to be stored", app.Proxy.Hold(Put(last), afterwards: true));
        await KillAsync("publish, before anything is cleared up", app.Proxy.Hold((method, path) => method == "DELETE" && path.Contains("/jobs/", StringComparison.Ordinal)));

        await app.StartAgainAsync();
        var job = await app.Client.WaitForSuccessAsync(id);
        await app.WaitUntilClearedAsync();
        Assert.Equal(cost, (decimal?)job["costUsd"]);
        Assert.Equal(results, job["results"]!.AsArray().Select(result => (string)result!["name"]!));
        for (var result = 0; result < results.Length; result++)
        {
            Assert.Equal(Neutral(expected[result], undisturbed), Neutral(await app.Client.ResultAsync(id, results[result]), id));
        }

        Assert.Equal(2 * results.Length, (await app.BlobsAsync("results")).Count);
        var bought = provider.Requests.Skip(before).GroupBy(chunk).ToDictionary(group => group.Key, group => group.Count());
        var repeated = bought.Values.Sum(count => count - 1);
        Measurement.Note($"Killed in each stage: {bought.Count} chunks, {repeated} calls repeated, {inFlight} in flight when the process was killed.");
        Assert.True(repeated <= inFlight, $"{repeated} calls were repeated, {inFlight} were in flight.");

        async Task KillAsync(string when, HeldRequest request, Func<Task>? begin = null, bool countsFlight = false)
        {
            if (begin is null)
            {
                await app.StartAgainAsync();
            }
            else
            {
                await begin();
            }

            await request.ArrivedAsync(Cancelled);
            await CrashAsync(when, countsFlight);
        }

        async Task CrashAsync(string when, bool countsFlight)
        {
            await app.CrashAsync();
            var stored = (await app.BlobsAsync("jobs")).Count(name => name.Contains("/chunks/", StringComparison.Ordinal));
            var made = provider.Requests.Skip(before).Select(chunk).Distinct().Count();
            TestContext.Current.TestOutputHelper?.WriteLine($"{when}: {made} chunks asked for, {stored} stored.");
            inFlight += countsFlight ? made - stored : 0;
        }
    }

    private static Func<string, string, bool> Put(string part) => (method, path) => method == "PUT" && path.Contains(part, StringComparison.Ordinal);

    /// <summary>Without the job's id, its attempts and how long they took, which a transcript holds.</summary>
    private static string Neutral(byte[] result, string id)
    {
        var text = System.Text.Encoding.Latin1.GetString(result).Replace(id, "the job", StringComparison.Ordinal);
        var attempts = text.IndexOf("\"cache\":", StringComparison.Ordinal);
        return attempts < 0 ? text : text[..attempts] + text[text.IndexOf("\"requestId\":", StringComparison.Ordinal)..];
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Recordings with pauses between them, so that there is a place to cut after each.</summary>
    private static async Task<byte[]> LongRecordingAsync()
    {
        var samples = new List<byte>();
        foreach (var recording in Recording.All.Take(5))
        {
            samples.AddRange((await recording.ReadWavAsync())[44..]);
            samples.AddRange(new byte[16_000 * sizeof(short)]);
        }

        return WavFile.Wrap([.. samples], 16_000);
    }
}
