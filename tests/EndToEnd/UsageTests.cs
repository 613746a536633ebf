using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.EndToEnd.Providers;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd;

/// <summary>What calls took, as the app itself reports it, against what its callers and providers saw.</summary>
public sealed class UsageTests
{
    /// <summary>Longer than any test: then what is stored was stored at the stop.</summary>
    private static readonly (string Name, string? Value) Never = ("Usage__FlushInterval", "00:10:00");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Report_OfCallsOfEveryKind_IsWhatTheyWere()
    {
        await using var app = await ProviderApp.StartAsync(Never, ("Resilience__MaxRetries", "0"), ("Resilience__MinimumThroughput", "10000"));
        var cost = 0m;
        foreach (var text in new[] { "The first of two texts.", "The second one is longer." })
        {
            using var spoken = await app.Client.SpeakByAsync(text, "azure");
            Assert.Equal(HttpStatusCode.OK, spoken.StatusCode);
            cost += decimal.Parse(spoken.Headers.GetValues("X-Voice-Cost-Usd").Single(), CultureInfo.InvariantCulture);
        }

        // A silent answer is billed all the same, and the next provider is paid too.
        app.Servers.Google.Enqueue(Fault.SilentAudio());
        using (var twice = await app.Client.SpeakByAsync("This text is paid for twice.", "google", "azure"))
        {
            Assert.Equal("google=bad_result,azure=ok", twice.Headers.Attempts());
            cost += decimal.Parse(twice.Headers.GetValues("X-Voice-Cost-Usd").Single(), CultureInfo.InvariantCulture);
        }

        app.Servers.Azure.Enqueue(Fault.Status(500));
        using (var failed = await app.Client.SpeakByAsync("Nobody hears this text.", "azure"))
        {
            await failed.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, "providers_unavailable");
        }

        using (var heard = await app.Client.HearByAsync(await PlainApp.RecordingAsync(), "openai"))
        {
            // A server of that protocol somewhere else than at its maker's has prices of its own.
            Assert.Null((await heard.ReadJsonAsync())["costUsd"]);
        }

        using (var refused = await app.Client.SpeakAsync(new { text = "" }))
        {
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        using (var estimate = await app.Client.PostAsync(new Uri("/api/tts/estimate", UriKind.Relative), new StringContent("""{"text":"How much?"}"""), Cancelled))
        {
            Assert.Equal(HttpStatusCode.OK, estimate.StatusCode);
        }

        var totals = await app.Client.UsageTotalsAsync();
        Assert.Equal((5, 1, 0), ((int)totals["requests"]!, (int)totals["errors"]!, (int)totals["cancelled"]!));
        Assert.Equal((null, cost, 1), (totals["costUsd"], (decimal)totals["knownCostUsd"]!, (int)totals["unpricedRequests"]!));
        Assert.True(cost > 0);
        Assert.Equal("The first of two texts.The second one is longer.This text is paid for twice.".Length, (int)totals["characters"]!);

        var report = await app.Client.UsageAsync("?groupBy=operation,provider,outcome");
        Assert.Equal(
            ["synthesis/azure/ok=3", "synthesis/azure/providers_unavailable=1", "transcription/openai/ok=1"],
            report["rows"]!.AsArray().Select(row => $"{string.Join('/', row!["group"]!.AsObject().Select(pair => (string?)pair.Value))}={row["requests"]}"));

        // The very same after a stop, out of storage alone.
        await app.RestartAsync();
        Assert.Equal(totals.ToJsonString(), (await app.Client.UsageTotalsAsync()).ToJsonString());
    }

    [Fact]
    public async Task Report_CallerLeaves_IsAnOutcomeOfItsOwn()
    {
        await using var app = await ProviderApp.StartAsync(Never);
        app.Servers.OpenAI.Enqueue(Fault.Hang());
        using var leaving = new CancellationTokenSource();
        using var content = new StringContent("""{"text":"Nobody waits for this.","provider":"openai","cache":"bypass"}""");
        var call = app.Client.PostAsync(new Uri("/api/tts", UriKind.Relative), content, leaving.Token);
        await app.Servers.OpenAI.ArrivalAsync(Cancelled);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        // The app learns of it when the connection tells.
        JsonNode totals;
        do
        {
            totals = await app.Client.UsageTotalsAsync();
        }
        while ((int)totals["requests"]! == 0);
        Assert.Equal((1, 0, 1), ((int)totals["requests"]!, (int)totals["errors"]!, (int)totals["cancelled"]!));
    }

    [Fact]
    public async Task Stop_WhileServing_CountsTheLastCallToo()
    {
        await using var app = await ProviderApp.StartAsync(Never);
        using var body = new PausedContent("""{"text":"Still here.","format":"wav","provider":"openai","cache":"bypass"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tts") { Content = body };
        request.Headers.ExpectContinue = true;
        var speaking = app.Client.SendAsync(request, Cancelled);
        await body.Started;

        var stopping = app.Process.TerminateAsync();
        body.Resume();
        using var response = await speaking;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, await stopping);

        await app.RestartAsync();
        Assert.Equal(1, (int)(await app.Client.UsageTotalsAsync())["requests"]!);
    }

    [Fact]
    public async Task Report_TwoProcessesOnOneStorage_CountsTheCallsOfBoth()
    {
        const int Each = 40;
        await using var app = await ProviderApp.StartAsync(("Usage__FlushInterval", "00:00:00.1"));
        await using var other = await app.StartAnotherAsync();

        await Task.WhenAll(new[] { app.Client, other.Client }.SelectMany(client => Enumerable.Range(0, Each).Select(async number =>
        {
            using var response = await client.SpeakByAsync($"This is sentence number {number}.", "openai");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        })));

        // What a process has served is in its own report at once, and in that of others when it has ended.
        Assert.InRange((int)(await app.Client.UsageTotalsAsync())["requests"]!, Each, 2 * Each);
        await other.Process.TerminateAsync();
        var totals = await app.Client.UsageTotalsAsync();
        Assert.Equal(2 * Each, (int)totals["requests"]!);
        Assert.Equal(app.Servers.OpenAI.Count, (int)totals["requests"]!);
        Assert.Equal(0, (int)totals["errors"]!);
    }

    [Fact]
    public async Task Crash_LosesNoMoreThanWhatWasNotYetStored()
    {
        await using var app = await ProviderApp.StartAsync(("Usage__FlushInterval", "00:00:00.1"));
        using (await app.Client.SpeakByAsync("Stored before the crash.", "openai"))
        {
        }

        await using var other = await app.StartAnotherAsync();
        while ((int)(await other.Client.UsageTotalsAsync())["requests"]! == 0)
        {
            await Task.Yield();
        }

        await app.Process.KillAsync();
        await app.RestartAsync();

        Assert.Equal(1, (int)(await app.Client.UsageTotalsAsync())["requests"]!);
    }

    [Fact]
    public async Task Report_StorageAway_SaysSoAndCallsGoOn()
    {
        await using var app = await ProviderApp.StartAsync(("Usage__FlushInterval", "00:00:00.1"));
        await app.Storage.StopAsync();

        using (var spoken = await app.Client.SpeakByAsync("Nobody can write this down.", "openai"))
        {
            Assert.Equal(HttpStatusCode.OK, spoken.StatusCode);
        }

        using (var response = await app.Client.GetAsync(new Uri("/api/usage", UriKind.Relative), Cancelled))
        {
            var problem = await response.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, "storage_unavailable");
            response.ExpectRetryAfter(problem);
        }

        await app.Storage.StartAsync();
        Assert.Equal(1, (int)(await app.Client.UsageTotalsAsync())["requests"]!);
        await app.RestartAsync();
        Assert.Equal(1, (int)(await app.Client.UsageTotalsAsync())["requests"]!);
    }

    [Fact]
    public async Task Report_WrongQuestions_AreRefused()
    {
        await using var app = await ProviderApp.StartAsync();
        foreach (var (query, field) in new[] { ("?groupBy=colour", "groupBy"), ("?from=2026-01-01&to=2026-12-31", "from"), ("?until=now", "until") })
        {
            using var response = await app.Client.GetAsync(new Uri($"/api/usage{query}", UriKind.Relative), Cancelled);
            var problem = await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
            Assert.NotNull(problem["errors"]![field]);
        }

        using var posted = await app.Client.PostAsync(new Uri("/api/usage", UriKind.Relative), null, Cancelled);
        await posted.ExpectProblemAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        Assert.Equal("GET", Assert.Single(posted.Content.Headers.Allow));
    }

    [Fact]
    public async Task Report_AsCsv_IsATable()
    {
        await using var app = await ProviderApp.StartAsync();
        using (await app.Client.SpeakByAsync("One line of the table.", "openai"))
        {
        }

        using var response = await app.Client.GetAsync(new Uri("/api/usage?groupBy=provider,cache&format=csv", UriKind.Relative), Cancelled);

        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        var lines = (await response.Content.ReadAsStringAsync(Cancelled)).Split("\r\n");
        Assert.StartsWith("provider,cache,requests,errors,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("openai,bypass,1,0,", lines[1], StringComparison.Ordinal);
        Assert.Equal([""], lines[2..]);
    }
}
