using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>Jobs that are called off, or run out of time, in each of their stages.</summary>
public sealed partial class StopTests : IAsyncLifetime
{
    private const int Chunks = 6;

    private JobApp? _app;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private JobApp App => _app!;

    public async ValueTask InitializeAsync() => _app = await JobApp.StartProxiedAsync(("Jobs__Chunks__InFlight", "3"));

    [Fact]
    public async Task Cancel_InEachStage_EndsTheJobAndLeavesNothing()
    {
        await CancelWhenAsync("plan", App.Proxy.Hold(Put("/plan/0.json")));
        await CancelWhenAsync("chunks", App.Proxy.Hold(Put("/chunks/0/")));
        await CancelWhenAsync("stitch", App.Proxy.Hold(Put("/audio.wav")));
        await CancelWhenAsync("stitch", App.Proxy.Hold(Put("/captions.vtt"), afterwards: true));

        // The provider is at work: nobody waits for it any longer.
        var hang = Fault.Hang();
        App.Servers.OpenAI.FaultFor = _ => hang;
        var hanging = await OrderAsync("hanging", deadline: null);
        await App.Client.WaitForJobAsync(hanging, _ => App.Servers.OpenAI.UnderWay == 3);
        await AssertCancelledAsync(hanging, "chunks");
        await hang.ClientLeft.WaitAsync(TimeSpan.FromMinutes(1), Cancelled);

        // Everything waits for a provider that has asked for an hour.
        App.Servers.OpenAI.FaultFor = _ => Fault.RateLimited(retryAfterSeconds: 3600);
        var waiting = await OrderAsync("waiting", deadline: null);
        await App.Client.WaitForJobAsync(waiting, job => job.Attempts().Count() == 3);
        var asked = App.Servers.OpenAI.Count;
        await AssertCancelledAsync(waiting, "chunks");
        Assert.Equal(asked, App.Servers.OpenAI.Count);

        await App.WaitUntilClearedAsync();
        Assert.Empty(await App.BlobsAsync("results"));
    }

    [Fact]
    public async Task Cancel_WhilePublishing_EndsTheJobWithoutResultsOrComesTooLate()
    {
        const string Publishing = "\"stage\":\"publish\"";
        const string Published = "\"status\":\"succeeded\"";
        await CancelWhenRecordAsync(Publishing, afterwards: false, "stitch");
        await CancelWhenRecordAsync(Publishing, afterwards: true, "publish");
        await CancelWhenRecordAsync(Published, afterwards: false, "publish");
        await App.WaitUntilClearedAsync();
        Assert.Empty(await App.BlobsAsync("results"));

        // Storage has the last word, and the app does not know it yet.
        var answer = App.Proxy.HoldTransaction(Records(Published), afterwards: true);
        var id = await OrderAsync("published", deadline: null);
        await answer.ArrivedAsync(Cancelled);
        using (var refused = await App.Client.PostAsync(new Uri($"/api/jobs/{id}/cancel", UriKind.Relative), content: null, Cancelled))
        {
            await refused.ExpectProblemAsync(HttpStatusCode.Conflict, "job_finished");
        }

        await AssertPublishedAsync(id);
        answer.Release();
        await App.WaitUntilClearedAsync();
        await AssertPublishedAsync(id);
    }

    [Fact]
    public async Task Deadline_Passes_FailsTheJob()
    {
        App.Servers.OpenAI.FaultFor = _ => Fault.RateLimited(retryAfterSeconds: 3600);
        var waiting = await OrderAsync("late", DateTimeOffset(seconds: 5));
        App.Servers.OpenAI.FaultFor = request => request.Text.Contains("stuck", StringComparison.Ordinal) ? Fault.Hang() : Fault.RateLimited(retryAfterSeconds: 3600);
        var hanging = await OrderAsync("stuck", DateTimeOffset(seconds: 5));

        foreach (var id in new[] { waiting, hanging })
        {
            var job = await App.Client.WaitForEndAsync(id);
            Assert.Equal(("failed", "deadline_exceeded"), ((string)job["status"]!, (string)job["error"]!["code"]!));
        }

        await App.WaitUntilClearedAsync();
        static string DateTimeOffset(int seconds) => TimeProvider.System.GetUtcNow().AddSeconds(seconds).ToString("O");
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private static Func<string, string, bool> Put(string part) => (method, path) => method == "PUT" && path.Contains(part, StringComparison.Ordinal);

    /// <summary>Tells a transaction that writes a job's record, which is in it as base64, by a part of the record.</summary>
    private static Func<string, bool> Records(string part) => transaction =>
        Content().Matches(transaction).Any(content => Encoding.UTF8.GetString(Convert.FromBase64String(content.Groups[1].Value)).Contains(part, StringComparison.Ordinal));

    [GeneratedRegex("\"Content\":\"([^\"]*)\"")]
    private static partial Regex Content();

    private Task<string> OrderAsync(string title, string? deadline) =>
        App.Client.OrderSpeechAsync(new { text = Tale.Of(title, Chunks), provider = "openai", format = "wav", captions = true, deadline });

    private async Task CancelWhenAsync(string stage, HeldRequest request)
    {
        var id = await OrderAsync($"{stage} {Guid.NewGuid():N}", deadline: null);
        await request.ArrivedAsync(Cancelled);
        // Storage never answers: the work is given up all the same.
        await AssertCancelledAsync(id, stage);
    }

    /// <summary>Calls a job off while a write of its record is kept, before storage has it or before the app knows that it has.</summary>
    private async Task CancelWhenRecordAsync(string part, bool afterwards, string stage)
    {
        var request = App.Proxy.HoldTransaction(Records(part), afterwards);
        var id = await OrderAsync($"{stage} {Guid.NewGuid():N}", deadline: null);
        await request.ArrivedAsync(Cancelled);
        await App.Client.CancelAsync(id);
        request.Release();
        Assert.Equal(stage, (string)(await EndOfCancelledAsync(id))["stage"]!);
    }

    private async Task AssertPublishedAsync(string id)
    {
        var job = await App.Client.JobAsync(id);
        Assert.Equal("succeeded", (string)job["status"]!);
        Assert.Equal(["audio.wav", "captions.srt", "captions.vtt"], job["results"]!.AsArray().Select(result => (string)result!["name"]!));
        foreach (var result in job["results"]!.AsArray())
        {
            Assert.Equal((long)result!["bytes"]!, (await App.Client.ResultAsync(id, (string)result["name"]!)).Length);
        }
    }

    private async Task AssertCancelledAsync(string id, string stage)
    {
        await App.Client.CancelAsync(id);
        Assert.Equal(stage, (string)(await EndOfCancelledAsync(id))["stage"]!);
    }

    private async Task<JsonNode> EndOfCancelledAsync(string id)
    {
        var job = await App.Client.WaitForEndAsync(id);
        Assert.True((string)job["status"]! == "cancelled", job.ToJsonString());
        Assert.Empty(job["results"]!.AsArray());
        Assert.Null(job["error"]);
        return job;
    }
}
