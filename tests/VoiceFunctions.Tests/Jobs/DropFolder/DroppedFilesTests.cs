using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using VoiceFunctions.Jobs;
using VoiceFunctions.Jobs.DropFolder;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tests.Jobs.DropFolder;

public sealed class DroppedFilesTests(JobAccount account) : IClassFixture<JobAccount>
{
    private static readonly byte[] Wav = AudioSamples.Wav(AudioSamples.Tone(1, 16_000), 16_000);

    private readonly string _folder = Guid.NewGuid().ToString("N");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReceiveAsync_SameVersionManyTimesAtOnce_IsOneJob()
    {
        await using var bench = new JobBench(account.Emulator);
        var blob = await DropAsync(bench, "stt/a.wav", Wav);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReceiveAsync(bench, blob)));
        await ReceiveAsync(bench, blob);

        var job = await FindAsync(bench, Assert.Single(bench.Client.Scheduled).Id);
        Assert.Equal((JobKind.Stt, blob.Name, JobStatus.Pending, "a.wav"), (job.Kind, job.DropPath, job.Status, job.Title));
        Assert.Equal(("uploads", blob.Name), (job.Source.Container, job.Source.Name));
    }

    [Fact]
    public async Task ReceiveAsync_AnotherVersion_IsAnotherJob()
    {
        await using var bench = new JobBench(account.Emulator);
        var blob = await DropAsync(bench, "tts/a.txt", "One."u8.ToArray());
        await ReceiveAsync(bench, blob);
        await DropAsync(bench, "tts/a.txt", "Two."u8.ToArray());

        await ReceiveAsync(bench, blob);
        await ReceiveAsync(bench, blob);

        Assert.Equal(2, bench.Client.Scheduled.Count);
        Assert.Equal("Two.", await ReadSourceAsync(bench, await FindAsync(bench, bench.Client.Scheduled.Last().Id)));
    }

    [Fact]
    public async Task ReceiveAsync_Metadata_IsItsOptions()
    {
        await using var bench = new JobBench(account.Emulator);
        var speech = await DropAsync(
            bench, "tts/a.txt", "Hello."u8.ToArray(), ("Voice", "a:anyone"), ("format", "wav"), ("SAMPLERATE", "16000"), ("speed", "1.5"), ("captions", "true"), ("consistency", "speed"), ("mtime", "1"));
        var transcript = await DropAsync(bench, "stt/a.wav", Wav, ("language", "en"), ("outputs", "srt,vtt"), ("title", "Meeting"), ("format", "mp3"));
        await ReceiveAsync(bench, speech);
        await ReceiveAsync(bench, transcript);

        var (first, second) = (await FindAsync(bench, bench.Client.Scheduled.First().Id), await FindAsync(bench, bench.Client.Scheduled.Last().Id));
        Assert.Equal(("a:anyone", "wav", 16_000, 1.5f, true, VoiceConsistency.Speed), (first.Synthesis!.Voice, first.Synthesis.Format, first.Synthesis.SampleRate, first.Synthesis.Speed, first.Synthesis.Captions, first.Synthesis.Consistency));
        Assert.Equal(("en", "Meeting"), (second.Transcription!.Recognition.Language, second.Title));
        Assert.Equal([TranscriptOutput.Srt, TranscriptOutput.Vtt], second.Transcription.Outputs);
    }

    [Theory]
    [InlineData("stt/empty.wav", "", "invalid_request")]
    [InlineData("stt/notes.txt", "These are words.", "undecodable_audio")]
    [InlineData("tts/book.pdf", "%PDF", "unsupported_format")]
    [InlineData("tts/empty.txt", "", "invalid_request")]
    [InlineData("tts/blank.md", " \n ", "invalid_request")]
    [InlineData("tts/mute.txt", "...", "invalid_request")]
    [InlineData("tts/a.ssml", "<speak>Nobody here reads it.</speak>", "invalid_request")]
    [InlineData("elsewhere/a.wav", "RIFF", "unsupported_format")]
    [InlineData("TTS/a.txt", "Hello.", "unsupported_format")]
    public async Task ReceiveAsync_WhatCannotBeProcessed_HasItsReasonAndStays(string name, string content, string code)
    {
        await using var bench = new JobBench(account.Emulator);
        var blob = await DropAsync(bench, name, Encoding.UTF8.GetBytes(content));

        await ReceiveAsync(bench, blob);
        await ReceiveAsync(bench, blob);

        var reason = await ReadReasonAsync(bench, blob);
        Assert.Equal((code, blob.Name), ((string?)reason["code"], (string?)reason["path"]));
        Assert.False(string.IsNullOrEmpty((string?)reason["detail"]));
        Assert.True(await blob.ExistsAsync(Cancelled));
        Assert.Empty(bench.Client.Scheduled);
    }

    [Theory]
    [InlineData("voice", "nobody")]
    [InlineData("speed", "fast")]
    [InlineData("format", "")]
    public async Task ReceiveAsync_BadOption_IsTheReason(string name, string value)
    {
        await using var bench = new JobBench(account.Emulator);
        var blob = await DropAsync(bench, "tts/a.txt", "Hello."u8.ToArray(), (name, value.Length == 0 ? "wma" : value));

        await ReceiveAsync(bench, blob);

        var reason = await ReadReasonAsync(bench, blob);
        Assert.Contains((string?)reason["code"], new[] { "invalid_request", "unsupported_format" });
    }

    [Fact]
    public async Task ReceiveAsync_TextTooLargeOrNotUtf8_HasItsReason()
    {
        await using var bench = new JobBench(account.Emulator);
        var large = await DropAsync(bench, "tts/large.txt", new byte[4_000_001]);
        var longer = await DropAsync(bench, "tts/long.txt", Encoding.UTF8.GetBytes(new string('a', 1_000_001)));
        var latin = await DropAsync(bench, "tts/latin.txt", [0x63, 0x61, 0x66, 0xE9]);

        foreach (var blob in new[] { large, longer, latin })
        {
            await ReceiveAsync(bench, blob);
        }

        Assert.Equal("payload_too_large", (string?)(await ReadReasonAsync(bench, large))["code"]);
        Assert.Equal("payload_too_large", (string?)(await ReadReasonAsync(bench, longer))["code"]);
        Assert.Equal("invalid_request", (string?)(await ReadReasonAsync(bench, latin))["code"]);
        Assert.Empty(bench.Client.Scheduled);
    }

    [Fact]
    public async Task ReceiveAsync_GoneOrAFolder_IsNothing()
    {
        await using var bench = new JobBench(account.Emulator);
        var gone = await DropAsync(bench, "stt/gone.wav", Wav);
        await gone.DeleteAsync(cancellationToken: Cancelled);
        var folder = await DropAsync(bench, "stt/folder", [], ("hdi_isfolder", "true"));

        await ReceiveAsync(bench, gone);
        await ReceiveAsync(bench, folder);

        Assert.Empty(bench.Client.Scheduled);
        Assert.False(await Reason(bench, folder).ExistsAsync(Cancelled));
    }

    [Fact]
    public async Task SettleAsync_Results_LieUnderTheFilesNameAndReplaceAReason()
    {
        await using var bench = new JobBench(account.Emulator);
        var blob = await DropAsync(bench, "stt/a.wav", []);
        await ReceiveAsync(bench, blob);
        Assert.True(await Reason(bench, blob).ExistsAsync(Cancelled));
        await DropAsync(bench, "stt/a.wav", Wav);
        var job = await FinishAsync(bench, blob, ("transcript.txt", "Heard."), ("transcript.srt", "1"));

        await bench.Get<DropOutcomes>().SettleAsync(job, Cancelled);
        await bench.Get<DropOutcomes>().SettleAsync(job, Cancelled);

        Assert.Equal(["transcript.srt", "transcript.txt"], await ResultsAsync(bench, blob));
        Assert.Equal("Heard.", await ReadResultAsync(bench, blob, "transcript.txt"));
        Assert.False(await Reason(bench, blob).ExistsAsync(Cancelled));
    }

    [Fact]
    public async Task SettleAsync_OlderVersionEndsLater_DoesNotMixWithTheNewer()
    {
        await using var bench = new JobBench(account.Emulator);
        var blob = await DropAsync(bench, "stt/a.wav", Wav);
        var older = await FinishAsync(bench, blob, ("transcript.txt", "Old."), ("transcript.srt", "Old."));
        await bench.Get<DropOutcomes>().SettleAsync(older, Cancelled);
        byte[] other = [.. Wav, 0, 0];
        await DropAsync(bench, "stt/a.wav", other);
        // Times of blobs are seconds.
        var newer = (await FinishAsync(bench, blob, ("transcript.txt", "New."))) with { DroppedAt = older.DroppedAt!.Value.AddSeconds(1) };

        await bench.Get<DropOutcomes>().SettleAsync(newer, Cancelled);
        await bench.Get<DropOutcomes>().SettleAsync(older, Cancelled);
        await bench.Get<DropOutcomes>().SettleAsync(older with { Status = JobStatus.Failed, Error = new JobError("not_found", "Replaced.") }, Cancelled);

        Assert.Equal(["transcript.txt"], await ResultsAsync(bench, blob));
        Assert.Equal("New.", await ReadResultAsync(bench, blob, "transcript.txt"));
        Assert.False(await Reason(bench, blob).ExistsAsync(Cancelled));
    }

    [Fact]
    public async Task SettleAsync_JobFailed_SaysWhyBesideTheFile()
    {
        await using var bench = new JobBench(account.Emulator);
        var blob = await DropAsync(bench, "stt/a.wav", Wav);
        var job = await FinishAsync(bench, blob);

        await bench.Get<DropOutcomes>().SettleAsync(job with { Status = JobStatus.Failed, Error = new JobError("undecodable_audio", "It is cut off.") }, Cancelled);

        var reason = await ReadReasonAsync(bench, blob);
        Assert.Equal(("undecodable_audio", "It is cut off.", job.Id), ((string?)reason["code"], (string?)reason["detail"], (string?)reason["job"]));
    }

    private static Task ReceiveAsync(JobBench bench, BlobClient blob) => bench.Get<DroppedFiles>().ReceiveAsync(blob, bench.Client, Cancelled);

    private static async Task<Job> FindAsync(JobBench bench, string id) => (await bench.Get<JobStore>().GetAsync("default", id, Cancelled))!;

    private static async Task<string> ReadSourceAsync(JobBench bench, Job job)
    {
        await using var stream = await bench.Get<JobBlobs>().OpenReadAsync(job.Source, Cancelled);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancelled);
    }

    private static BlobClient Reason(JobBench bench, BlobClient blob) => bench.Containers.GetBlobContainerClient("poison").GetBlobClient($"{blob.Name}.reason.json");

    private static async Task<JsonNode> ReadReasonAsync(JobBench bench, BlobClient blob) =>
        JsonNode.Parse((await Reason(bench, blob).DownloadContentAsync(Cancelled)).Value.Content)!;

    private static async Task<string> ReadResultAsync(JobBench bench, BlobClient blob, string name) =>
        (await bench.Containers.GetBlobContainerClient("results").GetBlobClient($"{blob.Name}/{name}").DownloadContentAsync(Cancelled)).Value.Content.ToString();

    private static async Task<IReadOnlyList<string>> ResultsAsync(JobBench bench, BlobClient blob)
    {
        List<string> names = [];
        await foreach (var result in bench.Containers.GetBlobContainerClient("results").GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{blob.Name}/", Cancelled))
        {
            names.Add(result.Name[(blob.Name.Length + 1)..]);
        }

        return names;
    }

    /// <summary>A job of a dropped file that has made the given results.</summary>
    private static async Task<Job> FinishAsync(JobBench bench, BlobClient blob, params (string Name, string Content)[] results)
    {
        await ReceiveAsync(bench, blob);
        var job = await FindAsync(bench, bench.Client.Scheduled.Last().Id);
        List<JobResult> made = [];
        foreach (var (name, text) in results)
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
            var written = await bench.Get<JobBlobs>().WriteAsync(bench.Get<JobBlobs>().Result(job, name), content, "text/plain", Cancelled);
            made.Add(new JobResult(name, "text/plain", written.Bytes));
        }

        return (await bench.Get<JobStore>().ChangeAsync(job.Tenant, job.Id, current => current with { Status = JobStatus.Succeeded, Results = made }, Cancelled))!;
    }

    private async Task<BlobClient> DropAsync(JobBench bench, string name, byte[] content, params (string Name, string Value)[] metadata)
    {
        var container = bench.Containers.GetBlobContainerClient("uploads");
        await container.CreateIfNotExistsAsync(cancellationToken: Cancelled);
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var blob = container.GetBlobClient($"{name[..slash]}/{_folder}{name[slash..]}");
        await blob.UploadAsync(BinaryData.FromBytes(content), new BlobUploadOptions { Metadata = metadata.ToDictionary(entry => entry.Name, entry => entry.Value) }, Cancelled);
        return blob;
    }
}
