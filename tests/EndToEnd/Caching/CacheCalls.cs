using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.EndToEnd.Hosting;

namespace VoiceFunctions.EndToEnd.Caching;

/// <summary>Calls that go through the cache, and what they say of it.</summary>
internal static class CacheCalls
{
    /// <summary>A busy machine must not make a miss of a hit where that is not what a test is about.</summary>
    public static readonly (string Name, string? Value) Patient = ("Cache__LookupTimeout", "00:00:20");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<SpokenAnswer> SpeakCachedAsync(
        this HttpClient client, string text, string? provider = "openai", string[]? providers = null, string format = "wav", string cache = "default")
    {
        using var response = await client.SpeakAsync(new { text, provider = providers is null ? provider : null, providers, format, cache });
        return await ReadAsync(response);
    }

    public static async Task<SpokenAnswer> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsByteArrayAsync(Cancelled);
        return response.StatusCode == HttpStatusCode.OK
            ? new SpokenAnswer(Value("X-Voice-Cache"), Value("X-Voice-Provider"), body, response.Headers.ETag!.Tag, response.Headers.TryGetValues("X-Voice-Cost-Usd", out var cost) ? cost.Single() : null)
            : throw new InvalidOperationException($"{response.StatusCode}: {System.Text.Encoding.UTF8.GetString(body)}");

        string Value(string header) => response.Headers.GetValues(header).Single();
    }

    /// <summary>Whether the result for a provider is stored.</summary>
    public static async Task<bool> IsStoredAsync(this HttpClient client, string text, string provider)
    {
        using var response = await client.SpeakAsync(new { text, provider, format = "wav", cache = "only" });
        if (response.IsSuccessStatusCode)
        {
            return true;
        }

        await response.ExpectProblemAsync(HttpStatusCode.NotFound, "cache_miss");
        return false;
    }

    /// <summary>Posts a synthesis with a deadline of its own, in seconds.</summary>
    public static async Task<HttpResponseMessage> SpeakWithinAsync(this HttpClient client, object body, int seconds)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tts") { Content = JsonContent.Create(body) };
        request.Headers.Add("X-Voice-Timeout", $"{seconds}");
        return await client.SendAsync(request, Cancelled);
    }

    public static async Task<int> UsageByCacheAsync(this HttpClient client, params string[] outcomes)
    {
        var report = await client.UsageAsync("?groupBy=cache");
        return report["rows"]!.AsArray().Where(row => outcomes.Contains((string?)row!["group"]!["cache"])).Sum(row => (int)row!["requests"]!);
    }

    public static string Cache(this JsonNode transcript) => (string)transcript["cache"]!;
}
