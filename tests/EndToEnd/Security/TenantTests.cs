using System.Net;
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
