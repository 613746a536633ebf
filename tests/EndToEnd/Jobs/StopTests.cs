using System.Text.Json.Nodes;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>Jobs that are called off, or run out of time, in each of their stages.</summary>
public sealed class StopTests : IAsyncLifetime
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

    private Task<string> OrderAsync(string title, string? deadline) =>
        App.Client.OrderSpeechAsync(new { text = Tale.Of(title, Chunks), provider = "openai", format = "wav", captions = true, deadline });

    private async Task CancelWhenAsync(string stage, HeldRequest request)
    {
        var id = await OrderAsync($"{stage} {Guid.NewGuid():N}", deadline: null);
        await request.ArrivedAsync(Cancelled);
        // Storage never answers: the work is given up all the same.
        await AssertCancelledAsync(id, stage);
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
