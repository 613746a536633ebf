using System.Security.Cryptography;
using System.Text;
using VoiceFunctions.Audio;
using VoiceFunctions.Functions;
using VoiceFunctions.Jobs;
using VoiceFunctions.Problems;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tests.Jobs.Requests;

public sealed class TranscriptionJobFlowTests(JobAccount account) : IClassFixture<JobAccount>
{
    private static readonly byte[] Wav = AudioSamples.Wav(AudioSamples.Tone(1, 16_000), 16_000);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("audio/wav")]
    [InlineData(null)]
    [InlineData("application/octet-stream")]
    public async Task RunAsync_AudioAsBody_IsStoredAndStarted(string? type)
    {
        await using var bench = new JobBench(account.Emulator);

        var id = (string)(await bench.TranscribeAsync(Wav, type, "?language=en&outputs=srt,vtt&title=Meeting"))["id"]!;

        var job = (await bench.FindAsync(id))!;
        Assert.Equal((JobKind.Stt, "Meeting", "en"), (job.Kind, job.Title, job.Transcription!.Recognition.Language));
        Assert.Equal([TranscriptOutput.Srt, TranscriptOutput.Vtt], job.Transcription.Outputs);
        Assert.Equal(Wav, await ReadAsync(bench, job));
        Assert.Equal(nameof(TranscriptionJob), Assert.Single(bench.Client.Scheduled).Orchestrator);
    }

    [Fact]
    public async Task RunAsync_Form_TakesFieldsBeforeAndAfterTheFile()
    {
        await using var bench = new JobBench(account.Emulator);
        var form = Form(("language", "en"), ("file", null), ("callbackUrl", "https://example.com/"), ("callbackSecret", "0123456789abcdef"));

        var id = (string)(await bench.TranscribeAsync(form, "multipart/form-data; boundary=x"))["id"]!;

        var job = (await bench.FindAsync(id))!;
        Assert.Equal(("en", "https://example.com/", null), (job.Transcription!.Recognition.Language, job.Callback!.Url, job.Transcription.CallbackSecret));
        Assert.Equal(Wav, await ReadAsync(bench, job));
    }

    [Fact]
    public async Task RunAsync_AudioInTheInbox_IsReadWhereItLies()
    {
        await using var bench = new JobBench(account.Emulator);
        var blob = await bench.PutAsync("meeting.wav", Wav);

        var id = (string)(await bench.TranscribeAsync(new { audioBlob = blob, outputs = new[] { "json" }, diarize = false, timestamps = "segment", prompt = (string?)null }))["id"]!;

        var job = (await bench.FindAsync(id))!;
        Assert.Equal((JobBlobs.InboxContainer, Wav.LongLength), (job.Source.Container, job.Source.Bytes));
        Assert.Equal(Wav, await ReadAsync(bench, job));
        Assert.Empty(await bench.BlobsAsync(JobBlobs.JobContainer));
    }

    [Theory]
    [InlineData("?language=???", "language")]
    [InlineData("?outputs=pdf", "outputs")]
    [InlineData("?format=srt", "format")]
    [InlineData("?provider=nobody", "provider")]
    [InlineData("?model=none", "model")]
    [InlineData("?deadline=2026-01-01T00:00:00Z", "deadline")]
    [InlineData("?callbackUrl=https%3A%2F%2Fexample.com&callbackSecret=0123456789abcdef", "callbackSecret")]
    [InlineData("?audioBlob=inbox%2Fa.wav", "audioBlob")]
    public async Task RunAsync_BadParameter_NamesItBeforeTheAudioIsRead(string query, string field)
    {
        await using var bench = new JobBench(account.Emulator);

        var problem = await Assert.ThrowsAsync<ProblemException>(() => bench.TranscribeAsync(Wav, query: query));

        Assert.Equal(ProblemKind.InvalidRequest, problem.Kind);
        Assert.Contains(field, problem.Errors!.Keys);
        Assert.Empty(bench.Client.Scheduled);
        Assert.Empty(await bench.BlobsAsync(JobBlobs.JobContainer));
    }

    [Theory]
    [InlineData("{\"audioBlob\":7}", "audioBlob")]
    [InlineData("{}", "audioBlob")]
    [InlineData("{\"audioBlob\":\"inbox/../x\"}", "audioBlob")]
    [InlineData("{\"audioBlob\":\"inbox/20260301/x/0123456789abcdef0123456789abcdef/a.wav\",\"pitch\":\"1\"}", "pitch")]
    [InlineData("{\"title\":\"a\",\"title\":\"b\"}", "title")]
    [InlineData("{\"outputs\":[1]}", "outputs")]
    public async Task RunAsync_BadField_NamesIt(string body, string field)
    {
        await using var bench = new JobBench(account.Emulator);

        var problem = await Assert.ThrowsAsync<ProblemException>(() => bench.TranscribeAsync(Encoding.UTF8.GetBytes(body), "application/json"));

        Assert.Equal(ProblemKind.InvalidRequest, problem.Kind);
        Assert.Contains(field, problem.Errors!.Keys);
    }

    [Fact]
    public async Task RunAsync_JsonWithParametersInTheQuery_TakesBothAndNoneTwice()
    {
        await using var bench = new JobBench(account.Emulator);
        var blob = await bench.PutAsync("meeting.wav", Wav);
        var body = Encoding.UTF8.GetBytes($"{{\"audioBlob\":\"{blob}\",\"title\":\"Meeting\"}}");

        var id = (string)(await bench.TranscribeAsync(body, "application/json", "?outputs=srt"))["id"]!;

        var job = (await bench.FindAsync(id))!;
        Assert.Equal("Meeting", job.Title);
        Assert.Equal([TranscriptOutput.Srt], job.Transcription!.Outputs);
        Assert.Contains("title", (await Assert.ThrowsAsync<ProblemException>(() => bench.TranscribeAsync(body, "application/json", "?title=Lecture"))).Errors!.Keys);
        Assert.Contains("callbackSecret", (await Assert.ThrowsAsync<ProblemException>(
            () => bench.TranscribeAsync(body, "application/json", "?callbackUrl=https%3A%2F%2Fexample.com&callbackSecret=0123456789abcdef"))).Errors!.Keys);
    }

    [Theory]
    [InlineData("?language=tlh", "unsupported_language")]
    [InlineData("?timestamps=word", "timings_unavailable")]
    [InlineData("?diarize=true", "not_supported")]
    public async Task RunAsync_WhatNobodyCan_IsRefused(string query, string code)
    {
        await using var bench = new JobBench(account.Emulator);

        Assert.Equal(code, (await Assert.ThrowsAsync<ProblemException>(() => bench.TranscribeAsync(Wav, query: query))).Kind.Code);
        Assert.Empty(bench.Client.Scheduled);
    }

    [Fact]
    public async Task RunAsync_WhatIsNoAudio_IsRefusedAndLeavesNothing()
    {
        await using var bench = new JobBench(account.Emulator);

        Assert.Equal(AudioFailure.Undecodable, (await Assert.ThrowsAsync<AudioException>(() => bench.TranscribeAsync("<html>no audio</html>"u8.ToArray()))).Failure);
        Assert.Equal(ProblemKind.InvalidRequest, (await Assert.ThrowsAsync<ProblemException>(() => bench.TranscribeAsync([]))).Kind);
        Assert.Equal(ProblemKind.UnsupportedFormat, (await Assert.ThrowsAsync<ProblemException>(() => bench.TranscribeAsync(Wav, "text/plain"))).Kind);
        Assert.Equal(ProblemKind.InvalidRequest, (await Assert.ThrowsAsync<ProblemException>(() => bench.TranscribeAsync(Form(("language", "en")), "multipart/form-data; boundary=x"))).Kind);
        Assert.Equal(ProblemKind.InvalidRequest, (await Assert.ThrowsAsync<ProblemException>(() => bench.TranscribeAsync(Form(("file", null), ("pitch", "1")), "multipart/form-data; boundary=x"))).Kind);
        Assert.Equal(ProblemKind.InvalidRequest, (await Assert.ThrowsAsync<ProblemException>(() => bench.TranscribeAsync(Form(("file", null), ("file", null)), "multipart/form-data; boundary=x"))).Kind);
        Assert.Equal(ProblemKind.InvalidRequest, (await Assert.ThrowsAsync<ProblemException>(() => bench.TranscribeAsync(Form(("file", null))[..^30], "multipart/form-data; boundary=x"))).Kind);
        bench.Get<AudioCapabilities>().Report(canDecodeCompressed: false, []);
        Assert.Equal(AudioFailure.UnsupportedFormat, (await Assert.ThrowsAsync<AudioException>(() => bench.TranscribeAsync([.. "OggS"u8, .. new byte[100]]))).Failure);
        Assert.Empty(await bench.BlobsAsync(JobBlobs.JobContainer));
        Assert.Empty(bench.Client.Scheduled);
    }

    [Fact]
    public async Task RunAsync_CoverPictureOfMegabytes_IsLookedBehind()
    {
        await using var bench = new JobBench(account.Emulator);
        const int Picture = 3 * 1024 * 1024;
        byte[] tag = [.. "ID3"u8, 4, 0, 0, (Picture >> 21) & 0x7F, (Picture >> 14) & 0x7F, (Picture >> 7) & 0x7F, Picture & 0x7F];

        await bench.TranscribeAsync([.. tag, .. new byte[Picture], .. Wav], "audio/wav");

        Assert.Single(bench.Client.Scheduled);
    }

    [Fact]
    public async Task RunAsync_TooLarge_IsRefusedAndNamesTheUpload()
    {
        await using var bench = new JobBench(account.Emulator);
        var audio = new byte[(90 * 1024 * 1024) + 1];
        Wav.CopyTo(audio, 0);

        var problem = await Assert.ThrowsAsync<ProblemException>(() => bench.TranscribeAsync(audio));

        Assert.Equal(ProblemKind.PayloadTooLarge, problem.Kind);
        Assert.Contains("/api/uploads", problem.Message, StringComparison.Ordinal);
        Assert.Empty(await bench.BlobsAsync(JobBlobs.JobContainer));
    }

    [Fact]
    public async Task RunAsync_SameKey_IsTheSameJobForTheSameBytesOnly()
    {
        await using var bench = new JobBench(account.Emulator);
        byte[] other = [.. Wav];
        other[^1] ^= 1;

        var first = await bench.TranscribeAsync(Wav, idempotencyKey: "key");
        var second = await bench.TranscribeAsync(Form(("file", null)), "multipart/form-data; boundary=x", idempotencyKey: "key");

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Equal(ProblemKind.IdempotencyConflict, (await Assert.ThrowsAsync<ProblemException>(() => bench.TranscribeAsync(other, idempotencyKey: "key"))).Kind);
        Assert.Equal(ProblemKind.IdempotencyConflict, (await Assert.ThrowsAsync<ProblemException>(() => bench.TranscribeAsync(Wav, query: "?language=en", idempotencyKey: "key"))).Kind);
        Assert.Single(bench.Client.Scheduled);
        Assert.Single(await bench.BlobsAsync(JobBlobs.JobContainer));
    }

    [Fact]
    public async Task RunAsync_SameKeyFromTenAtOnce_MakesOneJobWithTheRightBytes()
    {
        await using var bench = new JobBench(account.Emulator);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => bench.TranscribeAsync(Wav, idempotencyKey: "key")));

        Assert.Single(answers.Select(answer => answer.ToJsonString()).Distinct());
        var job = (await bench.FindAsync((string)answers[0]["id"]!))!;
        Assert.Equal(SHA256.HashData(Wav), SHA256.HashData(await ReadAsync(bench, job)));
        Assert.Single(await bench.BlobsAsync(JobBlobs.JobContainer));
    }

    private static async Task<byte[]> ReadAsync(JobBench bench, Job job)
    {
        await using var source = await bench.Get<JobBlobs>().OpenReadAsync(job.Source, Cancelled);
        using var content = new MemoryStream();
        await source.CopyToAsync(content, Cancelled);
        return content.ToArray();
    }

    /// <summary>A form with the given fields; one without a value is the recording.</summary>
    private static byte[] Form(params (string Name, string? Value)[] fields)
    {
        using var form = new MemoryStream();
        foreach (var (name, value) in fields)
        {
            form.Write(Encoding.UTF8.GetBytes($"--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n"));
            form.Write(value is null ? Wav : Encoding.UTF8.GetBytes(value));
            form.Write("\r\n"u8);
        }

        form.Write("--x--\r\n"u8);
        return form.ToArray();
    }
}
