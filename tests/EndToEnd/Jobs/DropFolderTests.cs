using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>Files that somebody puts into a container, and what comes to lie beside them.</summary>
public sealed class DropFolderTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoHundredFiles_ToldOfTwiceAndKilledTwice_AreTwoHundredJobs()
    {
        const int Files = 200;
        await using var app = await JobApp.StartAsync();
        var texts = Enumerable.Range(0, Files).ToDictionary(number => $"tts/batch/{number:d3}.txt", number => $"This is file {number}{string.Concat(Enumerable.Repeat(", and on", number % 10))}.");
        await Parallel.ForEachAsync(texts, Cancelled, async (text, token) =>
            await DropAsync(app, text.Key, Encoding.UTF8.GetBytes(text.Value), ("provider", "openai"), ("format", "wav")));

        await WaitForResultsAsync(app, Files / 4);
        await app.CrashAsync();
        await ForgetDeliveriesAsync(app);
        await app.StartAgainAsync();
        await WaitForResultsAsync(app, Files * 3 / 4);
        await app.CrashAsync();
        await ForgetDeliveriesAsync(app);
        await app.StartAgainAsync();
        await WaitForResultsAsync(app, Files);
        // What a delivery that a kill cut short has left is found by the agenda, some minute later.
        await WaitAsync(async () => (await app.BlobsAsync("jobs")).Count == 0);
        var bought = app.Servers.OpenAI.Count;

        // And all of it once more, when everything is done.
        await app.Process.TerminateAsync();
        await app.CrashAsync();
        await ForgetDeliveriesAsync(app);
        await app.StartAgainAsync();
        await WaitForReceiptsAsync(app, Files);

        var jobs = await ListAsync(app.Client);
        Assert.Equal(Files, jobs.Count);
        Assert.Equal(Files, jobs.Select(job => (string?)job["id"]).Distinct().Count());
        Assert.All(jobs, job => Assert.True((string?)job["status"] == "succeeded", job.ToJsonString()));
        Assert.Equal(bought, app.Servers.OpenAI.Count);
        Assert.Equal(texts.Values.Order(StringComparer.Ordinal), app.Servers.OpenAI.Requests.Select(request => (string)JsonNode.Parse(request.Text)!["input"]!).Distinct().Order(StringComparer.Ordinal));
        Measurement.Note($"Drop folder: {Files} files told of three times, two kills: {jobs.Count} jobs, {bought} calls of the provider for {Files} texts.");

        foreach (var (path, text) in texts)
        {
            var made = WavFile.Read(await ReadAsync(app, "results", $"{path}/audio.wav"));
            var (spoken, sampleRate) = WavFile.Read(app.Servers.OpenAI.Audio(text, "wav", 24_000, silent: false));
            Assert.InRange((double)made.Samples.Length / made.SampleRate, ((double)spoken.Length / sampleRate) - 0.5, ((double)spoken.Length / sampleRate) + 0.5);
        }

        Assert.Empty(await app.BlobsAsync("poison"));
        Assert.Equal(Files, (await app.BlobsAsync("uploads")).Count);
    }

    [Fact]
    public async Task BadFiles_HaveTheirReasons_AndTheRestGoesOn()
    {
        await using var app = await JobApp.StartAsync();
        var recording = Recording.Kennedy;
        var audio = await recording.ReadWavAsync();
        await DropAsync(app, "stt/broken.wav", audio[..(audio.Length / 2)], ("provider", "offline"));
        await DropAsync(app, "stt/empty.wav", []);
        await DropAsync(app, "stt/noise.mp3", "<html>this is a web page</html>"u8.ToArray());
        await DropAsync(app, "tts/enormous.txt", Encoding.ASCII.GetBytes(new string('a', 5_000_000)));
        await DropAsync(app, "tts/wrongly named.docx", "PK"u8.ToArray());
        await DropAsync(app, "nowhere.txt", "Hello."u8.ToArray());
        await DropAsync(app, "tts/bad option.txt", "Hello."u8.ToArray(), ("voice", "nobody"));
        await DropAsync(app, "stt/good.wav", audio, ("provider", "offline"), ("outputs", "txt,vtt"));

        var expected = new Dictionary<string, string>
        {
            ["stt/broken.wav"] = "undecodable_audio",
            ["stt/empty.wav"] = "invalid_request",
            ["stt/noise.mp3"] = "undecodable_audio",
            ["tts/enormous.txt"] = "payload_too_large",
            ["tts/wrongly named.docx"] = "unsupported_format",
            ["nowhere.txt"] = "unsupported_format",
            ["tts/bad option.txt"] = "invalid_request",
        };
        await WaitAsync(async () => (await app.BlobsAsync("poison")).Count == expected.Count && (await DroppedResultsAsync(app)).Count == 2);

        foreach (var (path, code) in expected)
        {
            var reason = JsonNode.Parse(await ReadAsync(app, "poison", $"{path}.reason.json"))!;
            Assert.Equal((path, code), ((string?)reason["path"], (string?)reason["code"]));
            Assert.False(string.IsNullOrWhiteSpace((string?)reason["detail"]));
        }

        Assert.Equal(["stt/good.wav/transcript.txt", "stt/good.wav/transcript.vtt"], await DroppedResultsAsync(app));
        var heard = Encoding.UTF8.GetString(await ReadAsync(app, "results", "stt/good.wav/transcript.txt"));
        Assert.InRange(WordErrorRate.Between(recording.Transcript, heard).Rate, 0, 0.2);
        Assert.Equal(8, (await app.BlobsAsync("uploads")).Count);
    }

    private static async Task DropAsync(JobApp app, string name, byte[] content, params (string Name, string Value)[] metadata)
    {
        var container = new BlobServiceClient(app.Storage.ConnectionString).GetBlobContainerClient("uploads");
        await container.CreateIfNotExistsAsync(cancellationToken: Cancelled);
        var options = new BlobUploadOptions { Metadata = metadata.ToDictionary(entry => entry.Name, entry => entry.Value) };
        await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), options, Cancelled);
    }

    /// <summary>Has everything delivered once more: takes away what the trigger remembers.</summary>
    private static async Task ForgetDeliveriesAsync(JobApp app)
    {
        var host = new BlobServiceClient(app.Storage.ConnectionString).GetBlobContainerClient("azure-webjobs-hosts");
        foreach (var name in (await app.BlobsAsync(host.Name)).Where(name => name.StartsWith("blobreceipts/", StringComparison.Ordinal) || name.StartsWith("blobscaninfo/", StringComparison.Ordinal)))
        {
            await host.DeleteBlobIfExistsAsync(name, cancellationToken: Cancelled);
        }
    }

    private static Task WaitForReceiptsAsync(JobApp app, int count) =>
        WaitAsync(async () => (await app.BlobsAsync("azure-webjobs-hosts")).Count(name => name.StartsWith("blobreceipts/", StringComparison.Ordinal)) == count);

    private static Task WaitForResultsAsync(JobApp app, int count) => WaitAsync(async () => (await DroppedResultsAsync(app)).Count >= count);

    private static async Task<IReadOnlyList<string>> DroppedResultsAsync(JobApp app) =>
        [.. (await app.BlobsAsync("results")).Where(name => name.StartsWith("tts/", StringComparison.Ordinal) || name.StartsWith("stt/", StringComparison.Ordinal))];

    private static async Task WaitAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(Pause, Cancelled);
        }
    }

    private static async Task<byte[]> ReadAsync(JobApp app, string container, string name) =>
        (await new BlobServiceClient(app.Storage.ConnectionString).GetBlobContainerClient(container).GetBlobClient(name).DownloadContentAsync(Cancelled)).Value.Content.ToArray();

    private static async Task<List<JsonNode>> ListAsync(HttpClient client)
    {
        List<JsonNode> jobs = [];
        string? continuation = null;
        do
        {
            using var response = await client.GetAsync(continuation is null ? "/api/jobs?top=100" : $"/api/jobs?top=100&continuation={continuation}", Cancelled);
            var page = await response.ReadJsonAsync();
            jobs.AddRange(page["jobs"]!.AsArray().Select(job => job!));
            continuation = (string?)page["continuation"];
        }
        while (continuation is not null);
        return jobs;
    }
}
