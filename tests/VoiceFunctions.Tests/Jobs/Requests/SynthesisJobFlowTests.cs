using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.Functions;
using VoiceFunctions.Jobs;
using VoiceFunctions.Jobs.Orchestration;
using VoiceFunctions.Problems;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tests.Jobs.Requests;

public sealed class SynthesisJobFlowTests(JobAccount account) : IClassFixture<JobAccount>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_LongText_IsStoredAndStarted()
    {
        await using var bench = new JobBench(account.Emulator);
        var text = new string('a', 200_000) + " Ünd.";

        var accepted = await bench.SpeakAsync(new { text, voice = "a:anyone", format = "wav", title = "A book", captions = true, consistency = "speed" });

        var id = (string)accepted["id"]!;
        Assert.Equal(($"/api/jobs/{id}", $"/api/jobs/{id}/cancel"), ((string)accepted["statusUrl"]!, (string)accepted["cancelUrl"]!));
        var job = (await bench.FindAsync(id))!;
        Assert.Equal((JobKind.Tts, JobStatus.Pending, "A book", "test-key"), (job.Kind, job.Status, job.Title, job.KeyName));
        Assert.Equal((null, true, VoiceConsistency.Speed), (job.Synthesis!.Text, job.Synthesis.Captions, job.Synthesis.Consistency));
        Assert.Equal(bench.Time.GetUtcNow().AddDays(1), job.Deadline);
        await using var source = await bench.Get<JobBlobs>().OpenReadAsync(job.Source, Cancelled);
        using var reader = new StreamReader(source);
        Assert.Equal(text, await reader.ReadToEndAsync(Cancelled));
        var (orchestrator, input, instance) = Assert.Single(bench.Client.Scheduled);
        Assert.Equal((nameof(SynthesisJob), id), (orchestrator, instance));
        Assert.Equal((new JobReference(bench.Tenant, id), false), (((JobInput)input!).Job, ((JobInput)input).IsOneVoice));
    }

    [Theory]
    [InlineData("{}", "text")]
    [InlineData("{\"text\":\"\"}", "text")]
    [InlineData("{\"text\":\"...\"}", "text")]
    [InlineData("{\"text\":\"hi\",\"textBlob\":\"inbox/20260301/x/0123456789abcdef0123456789abcdef/a.txt\"}", "text")]
    [InlineData("{\"textBlob\":\"inbox/a.txt\"}", "textBlob")]
    [InlineData("{\"text\":\"hi\",\"pitch\":1}", "pitch")]
    [InlineData("{\"text\":\"hi\",\"consistency\":\"none\"}", "consistency")]
    [InlineData("{\"text\":\"hi\",\"captions\":\"yes\"}", "captions")]
    [InlineData("{\"text\":\"hi\",\"deadline\":\"soon\"}", "deadline")]
    [InlineData("{\"text\":\"hi\",\"deadline\":\"2026-03-01T11:59:59Z\"}", "deadline")]
    [InlineData("{\"text\":\"hi\",\"title\":\"\"}", "title")]
    [InlineData("{\"text\":\"hi\",\"speed\":9}", "speed")]
    [InlineData("{\"text\":\"hi\",\"callbackUrl\":\"https://example.com\"}", "callbackSecret")]
    [InlineData("{\"text\":\"hi\",\"voice\":\"nobody\"}", "voice")]
    [InlineData("{\"text\":\"hi\",\"voice\":\"a:nobody\"}", "voice")]
    [InlineData("{\"text\":\"hi\",\"provider\":\"nobody\"}", "provider")]
    [InlineData("{\"text\":\"hi\",\"model\":\"none\"}", "model")]
    [InlineData("{\"text\":\"hi\",\"ssml\":true}", "ssml")]
    public async Task RunAsync_BadField_NamesItAndMakesNothing(string body, string field)
    {
        await using var bench = new JobBench(account.Emulator);

        var problem = await Assert.ThrowsAsync<ProblemException>(() => bench.SpeakAsync(body));

        Assert.Equal(ProblemKind.InvalidRequest, problem.Kind);
        Assert.Contains(field, problem.Errors!.Keys);
        Assert.Empty(bench.Client.Scheduled);
        Assert.Empty(await bench.BlobsAsync(JobBlobs.JobContainer));
        Assert.Empty((await bench.ListAsync())["jobs"]!.AsArray());
    }

    [Theory]
    [InlineData("{\"text\":\"hi\",\"format\":\"wma\"}", "unsupported_format")]
    [InlineData("{\"text\":\"hi\",\"stream\":true}", "not_supported")]
    public async Task RunAsync_WhatCannotBeServed_HasItsOwnCode(string body, string code)
    {
        await using var bench = new JobBench(account.Emulator);

        Assert.Equal(code, (await Assert.ThrowsAsync<ProblemException>(() => bench.SpeakAsync(body))).Kind.Code);
    }

    [Theory]
    [InlineData(1_000_000, true)]
    [InlineData(1_000_001, false)]
    public async Task RunAsync_AMillionCharacters_IsTheLimit(int length, bool isTaken)
    {
        await using var bench = new JobBench(account.Emulator);
        // Outside the basic plane, so that each is two UTF-16 units, four bytes, and twelve when escaped.
        var body = $"{{\"text\":\"{string.Concat(Enumerable.Repeat("\\ud83d\\ude00", length))}\"}}";

        var problem = await Record.ExceptionAsync(() => bench.SpeakAsync(body)) as ProblemException;

        Assert.Equal(isTaken ? null : ProblemKind.PayloadTooLarge, problem?.Kind);
        Assert.Equal(isTaken ? 1 : 0, bench.Client.Scheduled.Count);
    }

    [Fact]
    public async Task RunAsync_TextInTheInbox_IsTakenFromThere()
    {
        await using var bench = new JobBench(account.Emulator);
        var blob = await bench.PutAsync("book.txt", [.. Encoding.UTF8.Preamble, .. "Es war einmal."u8]);

        var id = (string)(await bench.SpeakAsync(new { textBlob = blob }))["id"]!;

        var job = (await bench.FindAsync(id))!;
        Assert.Equal("Es war einmal.".Length, job.Source.Bytes);
    }

    [Fact]
    public async Task RunAsync_TextBlobThatCannotBeUsed_NamesIt()
    {
        await using var bench = new JobBench(account.Emulator);
        var missing = (string)(await bench.UploadAsync("a.txt"))["blob"]!;
        string[] blobs =
        [
            missing,
            await bench.PutAsync("empty.txt", []),
            await bench.PutAsync("latin1.txt", [0x63, 0x61, 0x66, 0xE9]),
            await bench.PutAsync("blank.txt", "  \n "u8.ToArray()),
            await bench.PutAsync("others.txt", "Not yours."u8.ToArray(), tenant: "somebody else"),
        ];

        foreach (var blob in blobs)
        {
            var problem = await Assert.ThrowsAsync<ProblemException>(() => bench.SpeakAsync(new { textBlob = blob }));
            Assert.Equal((ProblemKind.InvalidRequest, true), (problem.Kind, problem.Errors?.ContainsKey("textBlob")));
        }

        var large = await bench.PutAsync("large.txt", new byte[4_000_001]);
        Assert.Equal(ProblemKind.PayloadTooLarge, (await Assert.ThrowsAsync<ProblemException>(() => bench.SpeakAsync(new { textBlob = large }))).Kind);
    }

    [Fact]
    public async Task RunAsync_SameKeyAndRequest_IsTheSameJob()
    {
        await using var bench = new JobBench(account.Emulator);

        var first = await bench.SpeakAsync("""{"text":"Once.","voice":"narrator"}""", "key");
        var second = await bench.SpeakAsync("""{ "voice" : "narrator", "text" : "Onc\u0065." }""", "key");

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Single(bench.Client.Scheduled);
        Assert.Single(await bench.BlobsAsync(JobBlobs.JobContainer));
    }

    [Theory]
    [InlineData("""{"text":"Twice.","callbackUrl":"https://example.com/","callbackSecret":"0123456789abcdef"}""")]
    [InlineData("""{"text":"Once.","callbackUrl":"https://example.com/","callbackSecret":"another secret than before"}""")]
    [InlineData("""{"text":"Once.","callbackUrl":"https://example.com/","callbackSecret":"0123456789abcdef","speed":2}""")]
    [InlineData("""{"text":"Once."}""")]
    public async Task RunAsync_SameKeyAndAnotherRequest_IsAConflict(string other)
    {
        await using var bench = new JobBench(account.Emulator);
        await bench.SpeakAsync("""{"text":"Once.","callbackUrl":"https://example.com/","callbackSecret":"0123456789abcdef"}""", "key");

        var problem = await Assert.ThrowsAsync<ProblemException>(() => bench.SpeakAsync(other, "key"));

        Assert.Equal(ProblemKind.IdempotencyConflict, problem.Kind);
        Assert.Single(bench.Client.Scheduled);
    }

    [Fact]
    public async Task RunAsync_SameKeyOfAnotherTenant_IsAnotherJob()
    {
        await using var bench = new JobBench(account.Emulator);

        var mine = await bench.SpeakAsync(new { text = "Once." }, "key");
        var theirs = await bench.SpeakAsync(new { text = "Twice." }, "key", tenant: $"{bench.Tenant} 2");

        Assert.NotEqual((string)mine["id"]!, (string)theirs["id"]!);
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<ProblemException>(() => bench.GetAsync((string)theirs["id"]!))).Kind);
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<ProblemException>(() => bench.CancelAsync((string)theirs["id"]!))).Kind);
    }

    [Fact]
    public async Task RunAsync_SameKeyFromTenAtOnce_MakesOneJob()
    {
        await using var bench = new JobBench(account.Emulator);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => bench.SpeakAsync(new { text = "Once." }, "key")));

        Assert.Single(answers.Select(answer => answer.ToJsonString()).Distinct());
        Assert.Single(bench.Client.Scheduled);
        Assert.Single((await bench.ListAsync())["jobs"]!.AsArray());
        Assert.Single(await bench.BlobsAsync(JobBlobs.JobContainer));
    }

    [Fact]
    public async Task RunAsync_TenDifferentRequestsUnderOneKeyAtOnce_OneIsMadeAndTheRestConflict()
    {
        await using var bench = new JobBench(account.Emulator);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Record.ExceptionAsync(() => bench.SpeakAsync(new { text = $"Number {number}." }, "key")).AsTask()));

        Assert.Single(outcomes, outcome => outcome is null);
        Assert.Equal(9, outcomes.Count(outcome => (outcome as ProblemException)?.Kind == ProblemKind.IdempotencyConflict));
        Assert.Single(await bench.BlobsAsync(JobBlobs.JobContainer));
    }

    [Fact]
    public async Task RunAsync_StartFails_TheJobIsAcceptedAndARepeatStartsIt()
    {
        await using var bench = new JobBench(account.Emulator);
        bench.Client.Failure = new InvalidOperationException("No task hub.");
        var accepted = await bench.SpeakAsync(new { text = "Once." }, "key");
        Assert.Equal(JobStatus.Pending, (await bench.FindAsync((string)accepted["id"]!))!.Status);
        Assert.Empty(bench.Client.Scheduled);

        bench.Client.Failure = null;
        await bench.SpeakAsync(new { text = "Once." }, "key");

        Assert.Single(bench.Client.Scheduled);
    }

    [Fact]
    public async Task RunAsync_Secret_IsNeitherStoredReadablyNorTold()
    {
        const string Secret = "a secret that nobody else may read";
        await using var bench = new JobBench(account.Emulator);

        var id = (string)(await bench.SpeakAsync(new { text = "Once.", callbackUrl = "https://example.com/hook", callbackSecret = Secret }))["id"]!;

        var job = (await bench.FindAsync(id))!;
        Assert.DoesNotContain(Secret, JsonSerializer.Serialize(job, JobJson.Default.Job), StringComparison.Ordinal);
        Assert.Equal(Secret, await bench.Get<VoiceFunctions.Jobs.Callbacks.CallbackSecrets>().DecryptAsync(job.Callback!.Secret, id, Cancelled));
        var told = (await bench.GetAsync(id)).ToJsonString();
        Assert.DoesNotContain(Secret, told, StringComparison.Ordinal);
        Assert.DoesNotContain("example.com", told, StringComparison.Ordinal);
        Assert.Equal("pending", (string?)JsonNode.Parse(told)!["callback"]!["state"]);
    }

    [Fact]
    public async Task RunAsync_StorageAway_SaysSo()
    {
        await using var emulator = new StorageEmulator();
        await using var bench = new JobBench(emulator);

        var problem = await Assert.ThrowsAsync<ProblemException>(() => bench.SpeakAsync(new { text = "Once." }));

        Assert.Equal(ProblemKind.StorageUnavailable, problem.Kind);
        Assert.NotNull(problem.RetryAfter);
        Assert.Equal(ProblemKind.StorageUnavailable, (await Assert.ThrowsAsync<ProblemException>(() => bench.ListAsync())).Kind);
        Assert.Equal(ProblemKind.StorageUnavailable, (await Assert.ThrowsAsync<ProblemException>(() => bench.GetAsync(JobKeys.NewId()))).Kind);
    }
}
