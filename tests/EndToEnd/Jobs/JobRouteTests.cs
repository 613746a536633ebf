using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>Every route of jobs as a client calls it.</summary>
public sealed class JobRouteTests(RunningApp app) : IClassFixture<RunningApp>
{
    private const string NoJob = "0123456789abcdef0123456789abcdef";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SpeechJob_FromOrderToResult_IsWhatTheContractSays()
    {
        using var ordered = await OrderSpeechAsync(new { text = "First of all, good morning.\n\nSecondly, good night.", voice = "narrator", format = "wav", title = "Two greetings" });
        Assert.Equal(HttpStatusCode.Accepted, ordered.StatusCode);
        var accepted = await ordered.ReadJsonAsync();
        Assert.Equal((string?)accepted["statusUrl"], ordered.Headers.Location?.OriginalString);

        var job = await EndAsync(accepted);

        Assert.Equal(("tts", "succeeded", "Two greetings"), ((string?)job["kind"], (string?)job["status"], (string?)job["title"]));
        Assert.Equal(100, (int)job["progress"]!["percent"]!);
        Assert.Equal(0, (decimal?)job["costUsd"]);
        Assert.All(job["attempts"]!.AsArray(), attempt => Assert.Equal("ok", (string?)attempt!["outcome"]));
        Assert.NotEmpty(job["attempts"]!.AsArray());
        Assert.True((DateTimeOffset)job["createdAt"]! <= (DateTimeOffset)job["updatedAt"]! && (DateTimeOffset)job["updatedAt"]! < (DateTimeOffset)job["expiresAt"]!);
        Assert.True(job.AsObject().ContainsKey("error") && job["error"] is null);

        var result = Assert.Single(job["results"]!.AsArray())!;
        Assert.Equal("audio/wav", (string?)result["mediaType"]);
        var audio = await app.Client.GetByteArrayAsync((string)result["url"]!, Cancelled);
        Assert.Equal((long)result["bytes"]!, audio.LongLength);
        Assert.True(WavFile.Read(audio).Samples.Length > 22_050);

        using var head = await SendAsync(HttpMethod.Head, (string)result["url"]!);
        Assert.Equal((HttpStatusCode.OK, audio.LongLength, "bytes"), (head.StatusCode, head.Content.Headers.ContentLength, head.Headers.AcceptRanges.Single()));
        using var part = await SendAsync(HttpMethod.Get, (string)result["url"]!, ("Range", "bytes=100-199"));
        Assert.Equal((HttpStatusCode.PartialContent, $"bytes 100-199/{audio.Length}"), (part.StatusCode, part.Content.Headers.ContentRange?.ToString()));
        Assert.Equal(audio[100..200], await part.Content.ReadAsByteArrayAsync(Cancelled));
        using var changed = await SendAsync(HttpMethod.Get, (string)result["url"]!, ("Range", "bytes=100-199"), ("If-Range", "\"another\""));
        Assert.Equal(audio, await changed.Content.ReadAsByteArrayAsync(Cancelled));
        using var known = await SendAsync(HttpMethod.Get, (string)result["url"]!, ("If-None-Match", head.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        using var beyond = await SendAsync(HttpMethod.Get, (string)result["url"]!, ("Range", $"bytes={audio.Length}-"));
        Assert.Equal((HttpStatusCode.RequestedRangeNotSatisfiable, $"bytes */{audio.Length}"), (beyond.StatusCode, beyond.Content.Headers.ContentRange?.ToString()));

        using var finished = await app.Client.PostAsync((string)accepted["cancelUrl"]!, content: null, Cancelled);
        await finished.ExpectProblemAsync(HttpStatusCode.Conflict, "job_finished");
        using var unknown = await SendAsync(HttpMethod.Get, $"{accepted["statusUrl"]}/results/nothing.wav");
        await unknown.ExpectProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData("body")]
    [InlineData("form")]
    [InlineData("upload")]
    public async Task TranscriptionJob_HoweverTheAudioComes_IsTheTranscript(string way)
    {
        var recording = Recording.Kennedy;
        var audio = await recording.ReadWavAsync();
        using var ordered = way switch
        {
            "body" => await app.Client.PostAsync("/api/stt/jobs?outputs=txt,srt", Wav(audio), Cancelled),
            "form" => await OrderByFormAsync(audio),
            _ => await OrderByUploadAsync(audio),
        };
        Assert.Equal(HttpStatusCode.Accepted, ordered.StatusCode);

        var job = await EndAsync(await ordered.ReadJsonAsync());

        Assert.Equal(("stt", "succeeded"), ((string?)job["kind"], (string?)job["status"]));
        Assert.Equal(["transcript.txt", "transcript.srt"], job["results"]!.AsArray().Select(result => (string)result!["name"]!));
        var text = await app.Client.GetStringAsync((string)job["results"]![0]!["url"]!, Cancelled);
        Assert.InRange(WordErrorRate.Between(recording.Transcript, text).Rate, 0, 0.2);
        Assert.Contains(" --> ", await app.Client.GetStringAsync((string)job["results"]![1]!["url"]!, Cancelled), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", 400, "invalid_request", "text")]
    [InlineData("{\"text\":\"hi\",\"pitch\":1}", 400, "invalid_request", "pitch")]
    [InlineData("{\"text\":\"hi\",\"voice\":\"nobody\"}", 400, "invalid_request", "voice")]
    [InlineData("{\"text\":\"hi\",\"provider\":\"nobody\"}", 400, "invalid_request", "provider")]
    [InlineData("{\"text\":\"hi\",\"deadline\":\"2020-01-01T00:00:00Z\"}", 400, "invalid_request", "deadline")]
    [InlineData("{\"text\":\"hi\",\"textBlob\":\"inbox/x\"}", 400, "invalid_request", "textBlob")]
    [InlineData("{\"text\":\"hi\",\"callbackUrl\":\"https://example.com\",\"callbackSecret\":\"short\"}", 400, "invalid_request", "callbackSecret")]
    [InlineData("{\"text\":\"hi\",\"stream\":true}", 400, "not_supported", null)]
    [InlineData("{\"text\":\"hi\",\"format\":\"wma\"}", 415, "unsupported_format", null)]
    [InlineData("{\"text\":\"hi\",\"language\":\"tlh-Qaak\"}", 422, "unsupported_language", null)]
    [InlineData("{", 400, "invalid_request", null)]
    [InlineData("", 400, "invalid_request", null)]
    public async Task OrderSpeech_BadRequest_IsRefused(string body, int status, string code, string? field)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await app.Client.PostAsync("/api/tts/jobs", content, Cancelled);

        var problem = await response.ExpectProblemAsync((HttpStatusCode)status, code);
        Assert.True(field is null || problem["errors"]?[field]?[0] is not null, problem.ToJsonString());
    }

    [Theory]
    [InlineData("?language=???", 400, "invalid_request")]
    [InlineData("?outputs=pdf", 400, "invalid_request")]
    [InlineData("?model=none", 400, "invalid_request")]
    [InlineData("?callbackUrl=https%3A%2F%2Fexample.com&callbackSecret=0123456789abcdef", 400, "invalid_request")]
    [InlineData("?language=de", 422, "unsupported_language")]
    [InlineData("?timestamps=word", 422, "timings_unavailable")]
    public async Task OrderTranscription_BadRequest_IsRefused(string query, int status, string code)
    {
        using var response = await app.Client.PostAsync($"/api/stt/jobs{query}", Wav(WavFile.Silence(1)), Cancelled);

        await response.ExpectProblemAsync((HttpStatusCode)status, code);
    }

    [Fact]
    public async Task OrderTranscription_BadBody_IsRefused()
    {
        using var empty = await app.Client.PostAsync("/api/stt/jobs", Wav([]), Cancelled);
        await empty.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        using var noise = await app.Client.PostAsync("/api/stt/jobs", Wav("<html>no audio</html>"u8.ToArray()), Cancelled);
        await noise.ExpectProblemAsync(HttpStatusCode.UnprocessableEntity, "undecodable_audio");
        using var text = await app.Client.PostAsync("/api/stt/jobs", new StringContent("hello"), Cancelled);
        await text.ExpectProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_format");
        using var missing = await app.Client.PostAsJsonAsync("/api/stt/jobs", new { audioBlob = $"inbox/20260301/default/{NoJob}/a.wav" }, Cancelled);
        await missing.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OrderTranscription_TooLarge_NamesTheUpload(bool lengthKnown)
    {
        var audio = WavFile.Wrap(new byte[90 * 1024 * 1024], 16_000);
        using HttpContent content = lengthKnown ? new ByteArrayContent(audio) : new StreamContent(new UnseekableStream(audio));
        content.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");

        using var response = await app.Client.PostAsync("/api/stt/jobs", content, Cancelled);

        var problem = await response.ExpectProblemAsync(HttpStatusCode.RequestEntityTooLarge, "payload_too_large");
        Assert.Contains("/api/uploads", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OrderTranscription_MoreThanAShortCallTakes_IsTaken()
    {
        using var response = await app.Client.PostAsync("/api/stt/jobs", Wav(WavFile.Wrap(new byte[40 * 1024 * 1024], 16_000)), Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var accepted = await response.ReadJsonAsync();

        using var cancelled = await app.Client.PostAsync((string)accepted["cancelUrl"]!, content: null, Cancelled);

        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        Assert.Equal("cancelled", (string?)(await EndAsync(accepted))["status"]);
    }

    [Theory]
    [InlineData(1_000_001)]
    [InlineData(14_000_000)]
    public async Task OrderSpeech_TooMuchText_IsRefused(int length)
    {
        using var response = await OrderSpeechAsync(new { text = new string('a', length) });

        await response.ExpectProblemAsync(HttpStatusCode.RequestEntityTooLarge, "payload_too_large");
    }

    [Fact]
    public async Task Order_TenClientsWithOneKey_GetOneJob()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            using var response = await OrderSpeechAsync(new { text = "Only once." }, "ten-clients");
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            return (await response.ReadJsonAsync()).ToJsonString();
        }));

        Assert.Single(answers.Distinct());
        using var conflict = await OrderSpeechAsync(new { text = "Something else." }, "ten-clients");
        await conflict.ExpectProblemAsync(HttpStatusCode.Conflict, "idempotency_conflict");
        using var bad = await OrderSpeechAsync(new { text = "Only once." }, "two words");
        await bad.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal("succeeded", (string?)(await EndAsync(JsonNode.Parse(answers[0])!))["status"]);
    }

    [Fact]
    public async Task List_InPages_GivesEveryJobOnceNewestFirst()
    {
        List<string> ordered = [];
        for (var number = 0; number < 5; number++)
        {
            using var response = await OrderSpeechAsync(new { text = $"Number {number}." });
            ordered.Insert(0, (string)(await response.ReadJsonAsync())["id"]!);
        }

        List<string> listed = [];
        string? continuation = null;
        do
        {
            using var response = await app.Client.GetAsync(continuation is null ? "/api/jobs?kind=tts&top=2" : $"/api/jobs?kind=tts&top=2&continuation={continuation}", Cancelled);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var page = await response.ReadJsonAsync();
            listed.AddRange(page["jobs"]!.AsArray().Select(job => (string)job!["id"]!));
            continuation = (string?)page["continuation"];
        }
        while (continuation is not null);

        Assert.Equal(ordered, listed.Where(ordered.Contains));
        Assert.Equal(listed.Count, listed.Distinct().Count());
    }

    [Theory]
    [InlineData("?top=0")]
    [InlineData("?kind=video")]
    [InlineData("?status=done")]
    [InlineData("?continuation=AAAA")]
    [InlineData("?page=2")]
    public async Task List_BadParameter_IsRefused(string query)
    {
        using var response = await app.Client.GetAsync($"/api/jobs{query}", Cancelled);

        await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Theory]
    [InlineData("GET", "/api/jobs/" + NoJob)]
    [InlineData("GET", "/api/jobs/unknown")]
    [InlineData("POST", "/api/jobs/" + NoJob + "/cancel")]
    [InlineData("GET", "/api/jobs/" + NoJob + "/results/a.wav")]
    [InlineData("GET", "/api/jobs/" + NoJob + "/results/%2e%2e%2fa.wav")]
    [InlineData("GET", "/api/jobs/" + NoJob + "/results")]
    [InlineData("GET", "/api/uploads/a")]
    public async Task AnyRoute_NoSuchJob_IsNotFound(string method, string route)
    {
        using var response = await SendAsync(new HttpMethod(method), route);

        await response.ExpectProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData("GET", "/api/tts/jobs", "POST")]
    [InlineData("GET", "/api/stt/jobs", "POST")]
    [InlineData("GET", "/api/uploads", "POST")]
    [InlineData("POST", "/api/jobs", "GET")]
    [InlineData("DELETE", "/api/jobs/" + NoJob, "GET")]
    [InlineData("GET", "/api/jobs/" + NoJob + "/cancel", "POST")]
    [InlineData("POST", "/api/jobs/" + NoJob + "/results/a.wav", "GET, HEAD")]
    public async Task WrongMethod_KnownRoute_TellsTheRightOnes(string method, string route, string allowed)
    {
        using var response = await SendAsync(new HttpMethod(method), route);

        await response.ExpectProblemAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"name\":\"\"}")]
    [InlineData("{\"name\":\"a\",\"size\":1}")]
    [InlineData("{\"name\":\"a\",\"mediaType\":\"nothing\"}")]
    public async Task Upload_BadField_IsRefused(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await app.Client.PostAsync("/api/uploads", content, Cancelled);

        await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task AnyRoute_StorageAway_SaysWhenToComeBack()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();
        await using var alone = await VoiceApp.StartAsync(storage);
        await storage.StopAsync();

        using var speech = await alone.Client.PostAsJsonAsync("/api/tts/jobs", new { text = "Hello." }, Cancelled);
        using var transcription = await alone.Client.PostAsync("/api/stt/jobs", Wav(WavFile.Silence(1)), Cancelled);
        using var upload = await alone.Client.PostAsJsonAsync("/api/uploads", new { name = "a.wav" }, Cancelled);
        using var list = await alone.Client.GetAsync("/api/jobs", Cancelled);
        using var one = await alone.Client.GetAsync($"/api/jobs/{NoJob}", Cancelled);
        using var cancel = await alone.Client.PostAsync($"/api/jobs/{NoJob}/cancel", content: null, Cancelled);
        using var result = await alone.Client.GetAsync($"/api/jobs/{NoJob}/results/a.wav", Cancelled);

        foreach (var response in new[] { speech, transcription, upload, list, one, cancel, result })
        {
            var problem = await response.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, "storage_unavailable");
            Assert.Equal((int?)problem["retryAfter"], (int?)response.Headers.RetryAfter?.Delta?.TotalSeconds);
            Assert.True((int?)problem["retryAfter"] > 0);
        }
    }

    private static ByteArrayContent Wav(byte[] audio)
    {
        var content = new ByteArrayContent(audio);
        content.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        return content;
    }

    private async Task<HttpResponseMessage> OrderSpeechAsync(object body, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tts/jobs") { Content = JsonContent.Create(body) };
        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        return await app.Client.SendAsync(request, Cancelled);
    }

    private async Task<HttpResponseMessage> OrderByFormAsync(byte[] audio)
    {
        using var form = new MultipartFormDataContent { { Wav(audio), "file", "speech.wav" }, { new StringContent("txt,srt"), "outputs" } };
        return await app.Client.PostAsync("/api/stt/jobs", form, Cancelled);
    }

    private async Task<HttpResponseMessage> OrderByUploadAsync(byte[] audio)
    {
        using var offered = await app.Client.PostAsJsonAsync("/api/uploads", new { name = "Mr. President.wav", mediaType = "audio/wav" }, Cancelled);
        Assert.Equal(HttpStatusCode.Created, offered.StatusCode);
        var upload = await offered.ReadJsonAsync();
        using var put = new HttpRequestMessage(HttpMethod.Put, (string)upload["uploadUrl"]!) { Content = Wav(audio) };
        put.Headers.Add("x-ms-blob-type", "BlockBlob");
        using var stored = await app.Client.SendAsync(put, Cancelled);
        Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        return await app.Client.PostAsJsonAsync("/api/stt/jobs", new { audioBlob = (string)upload["blob"]!, outputs = new[] { "txt", "srt" } }, Cancelled);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string route, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, route);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await app.Client.SendAsync(request, Cancelled);
    }

    /// <summary>The job when it has ended.</summary>
    private async Task<JsonNode> EndAsync(JsonNode accepted)
    {
        while (true)
        {
            using var response = await app.Client.GetAsync((string)accepted["statusUrl"]!, Cancelled);
            var job = await response.ReadJsonAsync();
            if ((string?)job["status"] is not ("pending" or "running"))
            {
                return job;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancelled);
        }
    }
}
