using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace VoiceFunctions.EndToEnd.Hosting;

/// <summary>The API as a client calls it.</summary>
internal static class ApiCalls
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> SpeakAsync(this HttpClient client, object body) => client.PostAsJsonAsync("/api/tts", body, Cancelled);

    public static async Task<byte[]> SpeakWavAsync(this HttpClient client, string text, string voice = "default")
    {
        using var response = await client.SpeakAsync(new { text, voice, format = "wav" });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync(Cancelled);
    }

    public static async Task<HttpResponseMessage> TranscribeAsync(this HttpClient client, byte[] audio, string query = "", string type = "audio/wav")
    {
        using var content = new ByteArrayContent(audio);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await client.PostAsync($"/api/stt{query}", content, Cancelled);
    }

    public static async Task<string> TranscribeTextAsync(this HttpClient client, byte[] audio)
    {
        using var response = await client.TranscribeAsync(audio);
        var body = await response.ReadJsonAsync();
        Assert.True(response.IsSuccessStatusCode, body.ToJsonString());
        return (string)body["text"]!;
    }

    public static async Task<JsonNode> ReadJsonAsync(this HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!;

    /// <summary>Checks that a response is the problem it should be, with all that the contract promises of one.</summary>
    public static async Task<JsonNode> ExpectProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(status == response.StatusCode, $"{response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal(code, (string?)problem["code"]);
        Assert.Equal((int)status, (int?)problem["status"]);
        Assert.False(string.IsNullOrWhiteSpace((string?)problem["type"]));
        Assert.False(string.IsNullOrWhiteSpace((string?)problem["title"]));
        Assert.False(string.IsNullOrWhiteSpace((string?)problem["detail"]));
        Assert.Equal(Assert.Single(response.Headers.GetValues("X-Request-Id")), (string?)problem["requestId"]);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        return problem;
    }
}
