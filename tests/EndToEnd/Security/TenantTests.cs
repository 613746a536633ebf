using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.EndToEnd.Providers;

namespace VoiceFunctions.EndToEnd.Security;

/// <summary>What one tenant has made, stored and paid is out of another's reach.</summary>
public sealed class TenantTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Results_OfAnotherTenant_AreNeitherServedNorSeen()
    {
        await using var app = await ProviderApp.StartAsync();
        var (acme, acmeToo, other) = (
            await app.Storage.CreateKeyAsync("web", "--tenant", "acme"), await app.Storage.CreateKeyAsync("ivr", "--tenant", "acme"), await app.Storage.CreateKeyAsync("web", "--tenant", "other"));
        var body = new { text = "Your balance is forty-two.", provider = "azure", format = "wav" };
        var stored = new { body.text, body.provider, body.format, cache = "only" };

        Assert.Equal("miss", await SpeakAsync(app.Client, acme, body));
        Assert.Equal("hit", await SpeakAsync(app.Client, acme, stored));
        // A tenant is the same whichever of its keys it comes with.
        Assert.Equal("hit", await SpeakAsync(app.Client, acmeToo, stored));
        using (var peek = await app.Client.SpeakWithKeyAsync(other, stored))
        {
            await peek.ExpectProblemAsync(HttpStatusCode.NotFound, "cache_miss");
        }

        using (var peek = await app.Client.SpeakAsync(stored))
        {
            await peek.ExpectProblemAsync(HttpStatusCode.NotFound, "cache_miss");
        }

        Assert.Equal("miss", await SpeakAsync(app.Client, other, body));
        Assert.Equal(2, app.Servers.Azure.Count);
    }

    [Fact]
    public async Task Recordings_OfAnotherTenant_AreHeardAnew()
    {
        await using var app = await ProviderApp.StartAsync();
        var (acme, other) = (await app.Storage.CreateKeyAsync("web", "--tenant", "acme"), await app.Storage.CreateKeyAsync("web", "--tenant", "other"));
        var recording = await PlainApp.RecordingAsync();

        var caches = new List<string>();
        foreach (var key in new[] { acme, acme, other })
        {
            using var response = await app.Client.SendWithKeyAsync(HttpMethod.Post, "/api/stt?provider=azure&language=en", key, new ByteArrayContent(recording));
            caches.Add((string)(await response.ReadJsonAsync())["cache"]!);
        }

        Assert.Equal(["miss", "hit", "miss"], caches);
    }

    [Fact]
    public async Task Usage_OfAnotherTenant_IsNotInTheReport()
    {
        await using var app = await ProviderApp.StartAsync();
        var (acme, other, blind) = (
            await app.Storage.CreateKeyAsync("web", "--tenant", "acme"), await app.Storage.CreateKeyAsync("spy", "--tenant", "other"),
            await app.Storage.CreateKeyAsync("blind", "--tenant", "acme", "--rights", "speak"));
        await SpeakAsync(app.Client, acme, new { text = "One.", provider = "azure", format = "wav" });
        await SpeakAsync(app.Client, blind, new { text = "Two.", provider = "azure", format = "wav" });

        Assert.Equal([("blind", 1), ("web", 1)], await KeysAsync(app.Client, acme));
        // Whatever it asks for.
        Assert.Empty(await KeysAsync(app.Client, other));
        using var smuggled = await app.Client.GetWithKeyAsync("/api/usage?groupBy=key&tenant=acme", other);
        await smuggled.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        using var none = await app.Client.GetWithKeyAsync("/api/usage", blind);
        await none.ExpectProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(0, (int)(await app.Client.UsageTotalsAsync())["requests"]!);
    }

    [Fact]
    public async Task Jobs_OfAnotherTenant_AreNotThere()
    {
        await using var app = await ProviderApp.StartAsync();
        var (acme, other) = (await app.Storage.CreateKeyAsync("web", "--tenant", "acme"), await app.Storage.CreateKeyAsync("web", "--tenant", "other"));
        var order = new { text = "A letter that is read aloud to one person only.", provider = "azure", format = "wav" };
        var mine = await OrderAsync(app.Client, acme, order);
        var done = await FinishAsync(app.Client, acme, mine);
        Assert.Equal("succeeded", (string?)done["status"]);
        var result = (string)done["results"]![0]!["url"]!;
        using (var heard = await app.Client.GetWithKeyAsync(result, acme))
        {
            Assert.Equal(HttpStatusCode.OK, heard.StatusCode);
        }

        foreach (var (method, route) in new[]
        {
            (HttpMethod.Get, $"/api/jobs/{mine}"), (HttpMethod.Get, new Uri(app.Client.BaseAddress!, result).PathAndQuery), (HttpMethod.Post, $"/api/jobs/{mine}/cancel"),
            (HttpMethod.Get, $"/api/jobs/..%2f..%2facme%2f{mine}"), (HttpMethod.Get, $"/api/jobs/{mine}/results/..%2f{mine}%2fspeech.wav"),
        })
        {
            using var peek = await app.Client.SendWithKeyAsync(method, route, other);
            await peek.ExpectProblemAsync(HttpStatusCode.NotFound, "not_found");
        }

        using (var list = await app.Client.GetWithKeyAsync("/api/jobs", other))
        {
            Assert.Empty((await list.ReadJsonAsync())["jobs"]!.AsArray());
        }

        // Nor is what it was ordered with, under the same Idempotency-Key, taken for a repeat.
        Assert.NotEqual(mine, await OrderAsync(app.Client, other, order));
        Assert.Equal(mine, await OrderAsync(app.Client, acme, order));
    }

    [Fact]
    public async Task Uploads_OfAnotherTenant_CannotBeMadeAJobOf()
    {
        await using var app = await ProviderApp.StartAsync();
        var (acme, other) = (await app.Storage.CreateKeyAsync("web", "--tenant", "acme"), await app.Storage.CreateKeyAsync("web", "--tenant", "other"));
        using var upload = await app.Client.SendWithKeyAsync(HttpMethod.Post, "/api/uploads", acme, JsonContent.Create(new { name = "letter.txt", mediaType = "text/plain" }));
        var place = await upload.ReadJsonAsync();
        using var letter = new StringContent("For one person only.");
        letter.Headers.Add("x-ms-blob-type", "BlockBlob");
        using (var put = await app.Client.PutAsync((string)place["uploadUrl"]!, letter, Cancelled))
        {
            Assert.True(put.IsSuccessStatusCode, $"{put.StatusCode}");
        }

        var blob = (string)place["blob"]!;
        foreach (var name in new[] { blob, $"inbox/other/../{blob["inbox/".Length..]}", blob.Replace("inbox/", "results/", StringComparison.Ordinal), "inbox/../Keys" })
        {
            using var theft = await app.Client.SendWithKeyAsync(HttpMethod.Post, "/api/tts/jobs", other, JsonContent.Create(new { textBlob = name, provider = "azure" }));
            Assert.InRange((int)theft.StatusCode, 400, 404);
        }

        using var own = await app.Client.SendWithKeyAsync(HttpMethod.Post, "/api/tts/jobs", acme, JsonContent.Create(new { textBlob = blob, provider = "azure" }));
        Assert.Equal(HttpStatusCode.Accepted, own.StatusCode);
    }

    private static async Task<string> OrderAsync(HttpClient client, string key, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tts/jobs") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", key);
        request.Headers.Add("Idempotency-Key", "the-letter");
        using var response = await client.SendAsync(request, Cancelled);
        var accepted = await response.ReadJsonAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, accepted.ToJsonString());
        return (string)accepted["id"]!;
    }

    internal static async Task<JsonNode> FinishAsync(HttpClient client, string key, string id)
    {
        while (true)
        {
            using var response = await client.GetWithKeyAsync($"/api/jobs/{id}", key);
            var job = await response.ReadJsonAsync();
            if ((string?)job["status"] is not ("pending" or "running"))
            {
                return job;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), Cancelled);
        }
    }

    private static async Task<string> SpeakAsync(HttpClient client, string key, object body)
    {
        using var response = await client.SpeakWithKeyAsync(key, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancelled));
        return response.Headers.GetValues("X-Voice-Cache").Single();
    }

    private static async Task<IEnumerable<(string? Key, int Requests)>> KeysAsync(HttpClient client, string key)
    {
        using var response = await client.GetWithKeyAsync("/api/usage?groupBy=key", key);
        var report = await response.ReadJsonAsync();
        Assert.True(response.IsSuccessStatusCode, report.ToJsonString());
        return report["rows"]!.AsArray().Select((JsonNode? row) => ((string?)row!["group"]!["key"], (int)row["requests"]!));
    }
}
