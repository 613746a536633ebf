using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace VoiceFunctions.EndToEnd.Security;

/// <summary>Calls with keys.</summary>
internal static class KeyCalls
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> GetWithKeyAsync(this HttpClient client, string route, string key) => client.SendWithKeyAsync(HttpMethod.Get, route, key);

    public static Task<HttpResponseMessage> SpeakWithKeyAsync(this HttpClient client, string key, object body) =>
        client.SendWithKeyAsync(HttpMethod.Post, "/api/tts", key, JsonContent.Create(body));

    public static async Task<HttpResponseMessage> SendWithKeyAsync(this HttpClient client, HttpMethod method, string route, string key, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, route) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await client.SendAsync(request, Cancelled);
    }

    /// <summary>Another key with the same id.</summary>
    public static string WithOtherSecret(this string key) => $"{key[..^8]}AAAAAAAA";
}
