using System.Net;
using System.Net.Http.Headers;
using System.Text;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;

namespace VoiceFunctions.EndToEnd;

/// <summary>Bad input gets a clear error of the contract.</summary>
public sealed class RefusalTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{\"text\":\"\"}", "text")]
    [InlineData("{\"text\":\"  \\n\"}", "text")]
    [InlineData("{}", "text")]
    [InlineData("{\"text\":null}", "text")]
    [InlineData("{\"text\":7}", "text")]
    [InlineData("{\"text\":\"\\ud800\"}", "text")]
    [InlineData("{\"text\":\"hi\",\"text\":\"ho\"}", "text")]
    [InlineData("{\"text\":\"hi\",\"voice\":\"nobody\"}", "voice")]
    [InlineData("{\"text\":\"hi\",\"voice\":\"offline:nobody\"}", "voice")]
    [InlineData("{\"text\":\"hi\",\"voice\":\"\"}", "voice")]
    [InlineData("{\"text\":\"hi\",\"language\":\"english, please\"}", "language")]
    [InlineData("{\"text\":\"hi\",\"format\":3}", "format")]
    [InlineData("{\"text\":\"hi\",\"sampleRate\":7999}", "sampleRate")]
    [InlineData("{\"text\":\"hi\",\"sampleRate\":48001}", "sampleRate")]
    [InlineData("{\"text\":\"hi\",\"sampleRate\":22050.5}", "sampleRate")]
    [InlineData("{\"text\":\"hi\",\"sampleRate\":10000,\"format\":\"opus\"}", "sampleRate")]
    [InlineData("{\"text\":\"hi\",\"speed\":0.2}", "speed")]
    [InlineData("{\"text\":\"hi\",\"speed\":4.1}", "speed")]
    [InlineData("{\"text\":\"hi\",\"speed\":\"fast\"}", "speed")]
    [InlineData("{\"text\":\"hi\",\"model\":\"nothing\"}", "model")]
    [InlineData("{\"text\":\"hi\",\"provider\":\"nobody\"}", "provider")]
    [InlineData("{\"text\":\"hi\",\"providers\":[\"nobody\"]}", "providers")]
    [InlineData("{\"text\":\"hi\",\"providers\":[]}", "providers")]
    [InlineData("{\"text\":\"hi\",\"provider\":\"offline\",\"providers\":[\"offline\"]}", "provider")]
    [InlineData("{\"text\":\"hi\",\"cache\":\"never\"}", "cache")]
    [InlineData("{\"text\":\"hi\",\"ssml\":\"yes\"}", "ssml")]
    [InlineData("{\"text\":\"hi\",\"pitch\":1}", "pitch")]
    public async Task Speak_BadField_NamesIt(string body, string field)
    {
        using var response = await PostJsonAsync(body);

        var problem = await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.NotNull(problem["errors"]?[field]?[0]);
    }

    [Fact]
    public async Task Speak_SeveralBadFields_NamesAllOfThem()
    {
        using var response = await PostJsonAsync("{\"text\":\"\",\"speed\":9,\"sampleRate\":1,\"language\":\"?\"}");

        var problem = await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(["language", "sampleRate", "speed", "text"], problem["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"hello\"")]
    [InlineData("{\"text\":\"hi\"} trailing")]
    [InlineData("text=hello")]
    [InlineData("\u0000\u0001")]
    public async Task Speak_MalformedBody_IsRefused(string body)
    {
        using var response = await PostJsonAsync(body);

        await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Theory]
    [InlineData("{\"text\":\"hi\",\"stream\":true}", 400, "not_supported")]
    [InlineData("{\"text\":\"hi\",\"format\":\"wma\"}", 415, "unsupported_format")]
    [InlineData("{\"text\":\"hi\",\"cache\":\"only\"}", 404, "cache_miss")]
    [InlineData("{\"text\":\"hi\",\"language\":\"tlh-Qaak\"}", 422, "unsupported_language")]
    public async Task Speak_WhatCannotBeServed_HasItsOwnCode(string body, int status, string code)
    {
        using var response = await PostJsonAsync(body);

        await response.ExpectProblemAsync((HttpStatusCode)status, code);
    }

    [Theory]
    [InlineData(4097)]
    [InlineData(1_000_000)]
    public async Task Speak_TooMuchText_NamesTheJobRoute(int length)
    {
        using var response = await app.Client.SpeakAsync(new { text = new string('a', length) });

        var problem = await response.ExpectProblemAsync(HttpStatusCode.RequestEntityTooLarge, "payload_too_large");
        Assert.Contains("/api/tts/jobs", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("221")]
    [InlineData("soon")]
    public async Task Speak_BadDeadline_IsRefused(string seconds)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tts") { Content = new StringContent("{\"text\":\"hi\"}") };
        request.Headers.Add("X-Voice-Timeout", seconds);

        using var response = await app.Client.SendAsync(request, Cancelled);

        await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Theory]
    [InlineData("?language=???", "language")]
    [InlineData("?format=pdf", "format")]
    [InlineData("?timestamps=letter", "timestamps")]
    [InlineData("?diarize=maybe", "diarize")]
    [InlineData("?cache=no", "cache")]
    [InlineData("?provider=nobody", "provider")]
    [InlineData("?model=nothing", "model")]
    [InlineData("?speed=2", "speed")]
    [InlineData("?language=en&language=de", "language")]
    public async Task Transcribe_BadParameter_NamesIt(string query, string field)
    {
        using var response = await app.Client.TranscribeAsync(WavFile.Silence(1), query);

        var problem = await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.NotNull(problem["errors"]?[field]?[0]);
    }

    [Fact]
    public async Task Transcribe_EmptyBody_IsRefused()
    {
        using var response = await app.Client.TranscribeAsync([]);

        await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task Transcribe_TextAsBody_IsToldWhatToSend()
    {
        using var response = await app.Client.TranscribeAsync("hello"u8.ToArray(), type: "text/plain");

        await response.ExpectProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_format");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public async Task Transcribe_TruncatedWav_IsNotTakenForTheWhole(double share)
    {
        var audio = await Recording.Kennedy.ReadWavAsync();

        using var response = await app.Client.TranscribeAsync(audio[..(int)(audio.Length * share)]);

        await response.ExpectProblemAsync(HttpStatusCode.UnprocessableEntity, "undecodable_audio");
    }

    [Theory]
    [InlineData("RIFF")]
    [InlineData("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")]
    [InlineData("ffconcat version 1.0\nfile '/etc/passwd'\n")]
    [InlineData("<html>not audio</html>")]
    [InlineData("ID3")]
    [InlineData("OggS")]
    public async Task Transcribe_WhatIsNotAudio_IsRefused(string content)
    {
        using var response = await app.Client.TranscribeAsync(Encoding.ASCII.GetBytes(content));

        await response.ExpectProblemAsync(HttpStatusCode.UnprocessableEntity, "undecodable_audio");
    }

    [Fact]
    public async Task Transcribe_VideoWithoutSound_HasNoAudio()
    {
        var video = await Converter.ConvertAsync(WavFile.Silence(1), "mp4", "-f", "lavfi", "-i", "color=black:s=64x64:d=1", "-map", "1:v", "-t", "1");

        using var response = await app.Client.TranscribeAsync(video, type: "video/mp4");

        await response.ExpectProblemAsync(HttpStatusCode.UnprocessableEntity, "no_audio");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Transcribe_TooLarge_NamesTheJobRoute(bool lengthKnown)
    {
        var audio = WavFile.Wrap(new byte[25 * 1024 * 1024], 16_000);
        using HttpContent content = lengthKnown ? new ByteArrayContent(audio) : new StreamContent(new UnseekableStream(audio));
        content.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");

        using var response = await app.Client.PostAsync("/api/stt", content, Cancelled);

        var problem = await response.ExpectProblemAsync(HttpStatusCode.RequestEntityTooLarge, "payload_too_large");
        Assert.Contains("/api/stt/jobs", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"language\"\r\n\r\nen\r\n--x--\r\n")]
    [InlineData("no form at all")]
    [InlineData("--x\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--x--\r\n")]
    public async Task Transcribe_MalformedForm_IsRefused(string body)
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        using var response = await app.Client.PostAsync("/api/stt", content, Cancelled);

        Assert.InRange((int)response.StatusCode, 400, 422);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task AnyMethod_UnknownRoute_IsNotFound()
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete })
        {
            using var request = new HttpRequestMessage(method, "/api/nothing/here");
            using var response = await app.Client.SendAsync(request, Cancelled);
            await response.ExpectProblemAsync(HttpStatusCode.NotFound, "not_found");
        }
    }

    [Fact]
    public async Task RightMethod_SuperfluousSlash_IsNotToldToUseTheSameMethod()
    {
        using var content = new StringContent("{\"text\":\"hi\"}");

        using var response = await app.Client.PostAsync("/api/tts//", content, Cancelled);

        await response.ExpectProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData("GET", "/api/tts", "POST")]
    [InlineData("PUT", "/api/stt", "POST")]
    [InlineData("POST", "/api/voices", "GET")]
    [InlineData("DELETE", "/api/health/ready", "GET")]
    public async Task WrongMethod_KnownRoute_TellsTheRightOne(string method, string route, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), route);

        using var response = await app.Client.SendAsync(request, Cancelled);

        await response.ExpectProblemAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        Assert.Equal(allowed, Assert.Single(response.Content.Headers.Allow));
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    public async Task AnyRoute_ForeignHostOrOrigin_IsForbidden(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/voices");
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await app.Client.SendAsync(request, Cancelled);

        await response.ExpectProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    private async Task<HttpResponseMessage> PostJsonAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await app.Client.PostAsync("/api/tts", content, Cancelled);
    }
}
