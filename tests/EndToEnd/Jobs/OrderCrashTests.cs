using System.Net;
using System.Net.Http.Json;
using VoiceFunctions.EndToEnd.Hosting;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>The app is killed while a job is being ordered.</summary>
public sealed class OrderCrashTests
{
    private static readonly (string Name, string? Value) Early = ("Jobs__StartGrace", "00:00:01");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_KilledWhenTheRecordIsStored_IsStartedByItself()
    {
        await using var app = await JobApp.StartProxiedAsync(Early);
        var record = app.Proxy.Hold((method, path) => method == "POST" && path.EndsWith("/$batch", StringComparison.Ordinal), afterwards: true);
        await KillAsync(app, record);

        await app.StartAgainAsync();

        var jobs = await ListAsync(app);
        var id = Assert.Single(jobs);
        Assert.Equal("pending", (string?)(await app.Client.JobAsync(id))["status"]);
        await app.Client.WaitForSuccessAsync(id);
        Assert.Equal(1, app.Servers.OpenAI.Count);

        // Who did not get the answer asks again and gets it.
        using var repeat = await OrderAsync(app);
        Assert.Equal(id, (string?)(await repeat.ReadJsonAsync())["id"]);
        Assert.Equal(1, app.Servers.OpenAI.Count);
    }

    [Fact]
    public async Task Order_KilledBeforeTheRecordIsStored_IsNoJobUntilItIsAskedForAgain()
    {
        await using var app = await JobApp.StartProxiedAsync(Early);
        var record = app.Proxy.Hold((method, path) => method == "POST" && path.EndsWith("/$batch", StringComparison.Ordinal));
        await KillAsync(app, record);
        Assert.Single(await app.BlobsAsync("jobs"));

        await app.StartAgainAsync();

        Assert.Empty(await ListAsync(app));
        using var repeat = await OrderAsync(app);
        Assert.Equal(HttpStatusCode.Accepted, repeat.StatusCode);
        await app.Client.WaitForSuccessAsync((string)(await repeat.ReadJsonAsync())["id"]!);
        Assert.Single(await ListAsync(app));
        await app.WaitUntilClearedAsync();
    }

    [Fact]
    public async Task Result_PastItsRetention_IsGoneAndTheJobIsKnown()
    {
        await using var app = await JobApp.StartAsync(("Jobs__ResultRetention", "00:00:01"));
        using var ordered = await OrderAsync(app);
        var id = (string)(await ordered.ReadJsonAsync())["id"]!;
        var job = await app.Client.WaitForSuccessAsync(id);

        HttpResponseMessage? response = null;
        do
        {
            response?.Dispose();
            response = await app.Client.GetAsync((string)job["results"]![0]!["url"]!, Cancelled);
        }
        while (response.StatusCode == HttpStatusCode.OK);

        using (response)
        {
            await response.ExpectProblemAsync(HttpStatusCode.Gone, "result_expired");
        }

        // The files themselves go at the next full minute, the record stays.
        while ((await app.BlobsAsync("results")).Count > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), Cancelled);
        }

        Assert.Equal("succeeded", (string?)(await app.Client.JobAsync(id))["status"]);
    }

    /// <summary>Orders a job, and kills the app when it does what the test means.</summary>
    private static async Task KillAsync(JobApp app, HeldRequest request)
    {
        var ordering = OrderAsync(app);
        await request.ArrivedAsync(Cancelled);
        await app.CrashAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => ordering);
    }

    private static async Task<HttpResponseMessage> OrderAsync(JobApp app)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tts/jobs")
        {
            Content = JsonContent.Create(new { text = "Only once.", provider = "openai", format = "wav" }),
        };
        request.Headers.Add("Idempotency-Key", "once");
        return await app.Client.SendAsync(request, Cancelled);
    }

    private static async Task<IReadOnlyList<string>> ListAsync(JobApp app)
    {
        using var response = await app.Client.GetAsync(new Uri("/api/jobs", UriKind.Relative), Cancelled);
        return [.. (await response.ReadJsonAsync())["jobs"]!.AsArray().Select(job => (string)job!["id"]!)];
    }
}
