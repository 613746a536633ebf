using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using VoiceFunctions.EndToEnd.Hosting;

namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>Calls that name their providers and stay out of the cache, so that each of them is really made.</summary>
internal static class ProviderCalls
{
    public static Task<HttpResponseMessage> SpeakByAsync(this HttpClient client, string text, params string[] providers) =>
        client.SpeakAsync(new { text, providers, format = "wav", cache = "bypass" });

    /// <summary>English is named, for not every provider finds the language out by itself.</summary>
    public static Task<HttpResponseMessage> HearByAsync(this HttpClient client, byte[] audio, params string[] providers) =>
        client.TranscribeAsync(audio, $"?language=en&cache=bypass&providers={string.Join(',', providers)}");

    public static Task<HttpResponseMessage> SpeakPinnedAsync(this HttpClient client, string text, string provider) =>
        client.SpeakAsync(new { text, provider, format = "wav", cache = "bypass" });

    public static Task<HttpResponseMessage> HearPinnedAsync(this HttpClient client, byte[] audio, string provider) =>
        client.TranscribeAsync(audio, $"?language=en&cache=bypass&provider={provider}");

    /// <summary>The attempts of an answer, as <c>X-Voice-Attempts</c> writes them: <c>azure=timeout,offline=ok</c>.</summary>
    public static string Attempts(this JsonNode body) => string.Join(
        ',', body["attempts"]!.AsArray().Select(attempt => $"{(string?)attempt!["provider"]}={(string?)attempt["outcome"]}"));

    public static string Attempts(this HttpResponseHeaders headers) => Assert.Single(headers.GetValues("X-Voice-Attempts"));

    /// <summary>The same attempt so many times over.</summary>
    public static string Times(string provider, string outcome, int count) => string.Join(',', Enumerable.Repeat($"{provider}={outcome}", count));

    /// <summary>Checks that an answer of 503 names a time to come back at, and the same one in both places.</summary>
    public static int ExpectRetryAfter(this HttpResponseMessage response, JsonNode problem)
    {
        var seconds = (int)problem["retryAfter"]!;
        Assert.Equal(TimeSpan.FromSeconds(seconds), response.Headers.RetryAfter?.Delta);
        Assert.True(seconds >= 1, $"{seconds} seconds");
        return seconds;
    }
}
