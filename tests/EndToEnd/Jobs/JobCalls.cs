using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VoiceFunctions.EndToEnd.Hosting;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>Jobs as a client orders them and asks for them.</summary>
internal static class JobCalls
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Orders a synthesis and answers the job's id.</summary>
    public static async Task<string> OrderSpeechAsync(this HttpClient client, object body)
    {
        using var response = await client.PostAsJsonAsync("/api/tts/jobs", body, Cancelled);
        return await ReadIdAsync(response);
    }

    /// <summary>Orders a recognition and answers the job's id.</summary>
    public static async Task<string> OrderTranscriptAsync(this HttpClient client, byte[] audio, string query)
    {
        using var content = new ByteArrayContent(audio);
        content.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        using var response = await client.PostAsync($"/api/stt/jobs{query}", content, Cancelled);
        return await ReadIdAsync(response);
    }

    /// <summary>Puts a file where jobs find it, by the address that the API gives for that, and answers its name there.</summary>
    public static async Task<string> UploadAsync(this HttpClient client, string path, string mediaType)
    {
        using var ticket = await client.PostAsJsonAsync("/api/uploads", new { name = Path.GetFileName(path), mediaType }, Cancelled);
        var upload = await ticket.ReadJsonAsync();
        Assert.True(ticket.StatusCode == HttpStatusCode.Created, upload.ToJsonString());
        await using var file = File.OpenRead(path);
        using var content = new StreamContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        content.Headers.Add("x-ms-blob-type", "BlockBlob");
        using var http = new HttpClient();
        using var put = await http.PutAsync(new Uri((string)upload["uploadUrl"]!), content, Cancelled);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        return (string)upload["blob"]!;
    }

    /// <summary>Orders a recognition of what was uploaded and answers the job's id.</summary>
    public static async Task<string> OrderTranscriptAsync(this HttpClient client, object body)
    {
        using var response = await client.PostAsJsonAsync("/api/stt/jobs", body, Cancelled);
        return await ReadIdAsync(response);
    }

    public static async Task<JsonNode> JobAsync(this HttpClient client, string id)
    {
        using var response = await client.GetAsync(new Uri($"/api/jobs/{id}", UriKind.Relative), Cancelled);
        var job = await response.ReadJsonAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, job.ToJsonString());
        return job;
    }

    /// <summary>Asks for a job until it is as the test wants it.</summary>
    public static async Task<JsonNode> WaitForJobAsync(this HttpClient client, string id, Func<JsonNode, bool> wanted, TimeSpan? patience = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var job = await client.JobAsync(id);
            if (wanted(job))
            {
                return job;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < (patience ?? Patience), $"The job has not come so far: {job.ToJsonString()}");
            await Task.Delay(Pause, TimeProvider.System, Cancelled);
        }
    }

    public static Task<JsonNode> WaitForEndAsync(this HttpClient client, string id, TimeSpan? patience = null) =>
        client.WaitForJobAsync(id, job => (string)job["status"]! is "succeeded" or "failed" or "cancelled", patience);

    public static async Task<JsonNode> WaitForSuccessAsync(this HttpClient client, string id, TimeSpan? patience = null)
    {
        var job = await client.WaitForEndAsync(id, patience);
        Assert.True((string)job["status"]! == "succeeded", job.ToJsonString());
        return job;
    }

    public static async Task CancelAsync(this HttpClient client, string id)
    {
        using var response = await client.PostAsync(new Uri($"/api/jobs/{id}/cancel", UriKind.Relative), content: null, Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    public static Task<byte[]> ResultAsync(this HttpClient client, string id, string name) =>
        client.GetByteArrayAsync(new Uri($"/api/jobs/{id}/results/{name}", UriKind.Relative), Cancelled);

    public static IEnumerable<(string Provider, string Outcome)> Attempts(this JsonNode job) =>
        job["attempts"]!.AsArray().Select(attempt => ((string)attempt!["provider"]!, (string)attempt["outcome"]!));

    private static async Task<string> ReadIdAsync(HttpResponseMessage response)
    {
        var accepted = await response.ReadJsonAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, accepted.ToJsonString());
        return (string)accepted["id"]!;
    }
}
