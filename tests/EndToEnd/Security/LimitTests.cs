using System.Net;
using System.Net.Http.Json;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.EndToEnd.Providers;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Security;

/// <summary>How much a key may do, through the real process.</summary>
public sealed class LimitTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rate_Exceeded_IsToldWhenToComeBack()
    {
        await using var app = await ProviderApp.StartAsync();
        var (slow, other) = (await app.Storage.CreateKeyAsync("slow", "--rate", "2"), await app.Storage.CreateKeyAsync("other"));
        for (var number = 0; number < 2; number++)
        {
            using var served = await app.Client.GetWithKeyAsync("/api/voices", slow);
            Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        }

        using var refused = await app.Client.GetWithKeyAsync("/api/voices", slow);
        using var others = await app.Client.GetWithKeyAsync("/api/voices", other);

        var problem = await refused.ExpectProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.InRange((int)problem["retryAfter"]!, 1, 30);
        Assert.Equal((int)problem["retryAfter"]!, (int)refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Equal(HttpStatusCode.OK, others.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Concurrency_Exceeded_IsOverload(bool keyed)
    {
        await using var app = await ProviderApp.StartAsync(("Security__ConcurrentRequestsPerKey", "1"), ("Security__QueuedRequests", "0"));
        var key = await app.Storage.CreateKeyAsync("web");
        app.Servers.OpenAI.Enqueue(Fault.Hang());
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var hanging = SendAsync(app.Client, keyed ? key : null, leaving.Token);
        await app.Servers.OpenAI.ArrivalAsync(Cancelled);

        using (var refused = await SendAsync(app.Client, keyed ? key : null, Cancelled))
        {
            var problem = await refused.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, "overloaded");
            Assert.NotNull(problem["retryAfter"]);
        }

        // Somebody else has places of his own, and liveness needs none.
        using (var other = await SendAsync(app.Client, keyed ? null : key, Cancelled))
        using (var alive = await app.Client.GetAsync(new Uri("/api/health", UriKind.Relative), Cancelled))
        {
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (other.StatusCode, alive.StatusCode));
        }

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        // Its place is free again.
        while (true)
        {
            using var served = await SendAsync(app.Client, keyed ? key : null, Cancelled);
            if (served.StatusCode == HttpStatusCode.OK)
            {
                break;
            }
        }
    }

    [Fact]
    public async Task Budget_UsedUp_ServesWhatIsStoredAndBuysNothing()
    {
        await using var app = await ProviderApp.StartAsync(("Usage__FlushInterval", "00:00:00.2"));
        // Less than two of these texts cost.
        var poor = await app.Storage.CreateKeyAsync("poor", "--budget", "0.0001");
        var rich = await app.Storage.CreateKeyAsync("rich", "--budget", "1000");
        var first = new { text = "The first text of many that this key would like to have spoken.", provider = "azure", format = "wav" };
        using (var bought = await app.Client.SpeakWithKeyAsync(poor, first))
        {
            Assert.Equal("miss", bought.Headers.GetValues("X-Voice-Cache").Single());
            Assert.InRange(decimal.Parse(bought.Headers.GetValues("X-Voice-Cost-Usd").Single(), System.Globalization.CultureInfo.InvariantCulture), 0.0001m, 0.01m);
        }

        await RefusesAsync(app.Client, poor);
        using (var hit = await app.Client.SpeakWithKeyAsync(poor, first))
        {
            Assert.Equal("hit", hit.Headers.GetValues("X-Voice-Cache").Single());
        }

        using (var past = await app.Client.SpeakWithKeyAsync(poor, new { first.text, first.provider, first.format, cache = "bypass" }))
        {
            await past.ExpectProblemAsync(HttpStatusCode.TooManyRequests, "budget_exceeded");
        }

        using (var heard = await app.Client.SendWithKeyAsync(HttpMethod.Post, "/api/stt?provider=azure&language=en", poor, new ByteArrayContent(await PlainApp.RecordingAsync())))
        {
            await heard.ExpectProblemAsync(HttpStatusCode.TooManyRequests, "budget_exceeded");
        }

        using (var other = await app.Client.SpeakWithKeyAsync(rich, new { text = "Another key has its own.", provider = "azure", format = "wav" }))
        {
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }

        // Nor after a restart, nor on another instance.
        await app.RestartAsync();
        await RefusesAsync(app.Client, poor);
        Assert.Equal(2, app.Servers.Azure.Count);
        using var report = await app.Client.GetWithKeyAsync("/api/usage?groupBy=key,outcome", rich);
        Assert.Contains("\"outcome\":\"budget_exceeded\"", await report.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);

        async Task RefusesAsync(HttpClient client, string key)
        {
            using var refused = await client.SpeakWithKeyAsync(key, new { text = "The second text.", provider = "azure", format = "wav" });
            var problem = await refused.ExpectProblemAsync(HttpStatusCode.TooManyRequests, "budget_exceeded");
            Assert.InRange((int)problem["retryAfter"]!, 1, 31 * 24 * 3600);
        }
    }

    [Fact]
    public async Task Budget_UsedUp_TakesNoOrderForAJob()
    {
        await using var app = await ProviderApp.StartAsync();
        var key = await app.Storage.CreateKeyAsync("poor", "--budget", "0");
        using var order = JsonContent.Create(new { text = "A long text.", provider = "azure" });

        using var refused = await app.Client.SendWithKeyAsync(HttpMethod.Post, "/api/tts/jobs", key, order);

        await refused.ExpectProblemAsync(HttpStatusCode.TooManyRequests, "budget_exceeded");
    }

    [Fact]
    public async Task Budget_UsedUpMeanwhile_EndsTheJob()
    {
        await using var app = await ProviderApp.StartAsync();
        // Enough for the first chunks of the text and not for all of it.
        var key = await app.Storage.CreateKeyAsync("poor", "--budget", "0.05");
        var text = string.Join(' ', Enumerable.Range(0, 2000).Select(number => $"This is sentence number {number} of a very long text."));
        using var ordered = await app.Client.SendWithKeyAsync(HttpMethod.Post, "/api/tts/jobs", key, JsonContent.Create(new { text, provider = "azure", format = "wav" }));
        var id = (string)(await ordered.ReadJsonAsync())["id"]!;

        var job = await TenantTests.FinishAsync(app.Client, key, id);

        Assert.Equal(("failed", "budget_exceeded"), ((string?)job["status"], (string?)job["error"]?["code"]));
        Assert.InRange(app.Servers.Azure.Count, 1, text.Length / 1000);
    }

    [Fact]
    public async Task Storage_Away_KnownKeysGoOnAndOthersAreToldWhy()
    {
        await using var app = await ProviderApp.StartAsync();
        var (known, unknown) = (await app.Storage.CreateKeyAsync("known"), await app.Storage.CreateKeyAsync("unknown"));
        using (var before = await app.Client.GetWithKeyAsync("/api/voices", known))
        {
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        }

        await app.Storage.StopAsync();
        using var goesOn = await app.Client.GetWithKeyAsync("/api/voices", known);
        using var away = await app.Client.GetWithKeyAsync("/api/voices", unknown);

        Assert.Equal(HttpStatusCode.OK, goesOn.StatusCode);
        var problem = await away.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, "storage_unavailable");
        Assert.NotNull(problem["retryAfter"]);
    }

    [Fact]
    public async Task Anonymous_WithAKey_CountsByTheKey()
    {
        await using var app = await ProviderApp.StartAsync();
        var key = await app.Storage.CreateKeyAsync("web", "--rights", "speak");

        using var wrong = await app.Client.GetWithKeyAsync("/api/voices", key.WithOtherSecret());
        using var narrow = await app.Client.GetWithKeyAsync("/api/usage", key);
        using var none = await app.Client.GetAsync(new Uri("/api/usage", UriKind.Relative), Cancelled);

        await wrong.ExpectProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await narrow.ExpectProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(HttpStatusCode.OK, none.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string? key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tts") { Content = new StringContent("""{"text":"Hold on.","provider":"openai","format":"wav","cache":"bypass"}""") };
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        return await client.SendAsync(request, cancellationToken);
    }
}
