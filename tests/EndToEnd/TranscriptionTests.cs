using System.Net;
using System.Net.Http.Headers;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;

namespace VoiceFunctions.EndToEnd;

public sealed class TranscriptionTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transcribe_RealRecording_AnswersEveryFieldOfTheContract()
    {
        using var response = await app.Client.TranscribeAsync(await Recording.Kennedy.ReadWavAsync(), "?cache=bypass");

        var body = await response.ReadJsonAsync();
        Assert.Contains("ask not what your country can do for you", Words((string)body["text"]!), StringComparison.Ordinal);
        Assert.Equal("en", (string?)body["language"]);
        Assert.Equal(11, (double)body["duration"]!, 1);
        Assert.Equal("offline", (string?)body["provider"]);
        Assert.Equal("moonshine-tiny", (string?)body["model"]);
        Assert.InRange((double)body["confidence"]!, 0.5, 1);
        Assert.Equal("bypass", (string?)body["cache"]);
        Assert.Equal("ok", (string?)body["attempts"]![0]!["outcome"]);
        Assert.Equal(0, (decimal?)body["costUsd"]);
        Assert.Equal(Assert.Single(response.Headers.GetValues("X-Request-Id")), (string?)body["requestId"]);
    }

    [Theory]
    [InlineData("mp3", "-b:a", "64k")]
    [InlineData("ogg", "-c:a", "libopus")]
    [InlineData("flac", "-compression_level", "5")]
    [InlineData("m4a", "-c:a", "aac")]
    [InlineData("webm", "-c:a", "libopus")]
    [InlineData("wav", "-ar", "8000")]
    [InlineData("wav", "-c:a", "pcm_f32le")]
    public async Task Transcribe_EachContainer_IsToldByItsContentAndUnderstood(string extension, params string[] options)
    {
        var file = await Converter.ConvertAsync(await Recording.Kennedy.ReadWavAsync(), extension, options);

        using var response = await app.Client.TranscribeAsync(file, type: "application/octet-stream");

        Assert.Contains("your country can do for you", Words((string)(await response.ReadJsonAsync())["text"]!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcribe_Form_TakesParametersFromFieldsAndQuery()
    {
        using var form = new MultipartFormDataContent();
        using var format = new StringContent("verbose_json");
        using var file = new ByteArrayContent(await Recording.Kennedy.ReadWavAsync());
        // A wrong name and a wrong type: neither is believed.
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        form.Add(format, "format");
        form.Add(file, "file", "notes.txt");

        using var response = await app.Client.PostAsync("/api/stt?language=en", form, Cancelled);

        var body = await response.ReadJsonAsync();
        var segments = body["segments"]!.AsArray();
        Assert.NotEmpty(segments);
        Assert.Equal(0, (int?)segments[0]!["id"]);
        Assert.InRange((double)segments[0]!["start"]!, 0, 1);
        Assert.InRange((double)segments[^1]!["end"]!, 9, 11);
        Assert.Empty(body["words"]!.AsArray());
    }

    [Fact]
    public async Task Transcribe_Captions_AreTimedByTheRecogniser()
    {
        var audio = await Recording.Kennedy.ReadWavAsync();
        using var srt = await app.Client.TranscribeAsync(audio, "?format=srt");
        using var vtt = await app.Client.TranscribeAsync(audio, "?format=vtt");
        using var text = await app.Client.TranscribeAsync(audio, "?format=text");

        Assert.Matches("^1\r?\n00:00:00,\\d{3} --> 00:00:\\d\\d,\\d{3}\r?\n", await srt.Content.ReadAsStringAsync(Cancelled));
        Assert.Matches("^WEBVTT\r?\n\r?\n(1\r?\n)?00:00:00\\.\\d{3} --> ", await vtt.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal("text/vtt", vtt.Content.Headers.ContentType?.MediaType);
        Assert.Contains("your country", Words(await text.Content.ReadAsStringAsync(Cancelled)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcribe_Silence_IsAnAnswer()
    {
        using var response = await app.Client.TranscribeAsync(WavFile.Silence(3));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(string.Empty, (string?)(await response.ReadJsonAsync())["text"]);
    }

    [Fact]
    public async Task Transcribe_RussianSpeech_IsNotInventedAsEnglish()
    {
        var speech = await app.Client.SpeakWavAsync("Сегодня утром мы поехали на дачу, потому что погода была очень хорошая.", "offline:ru");

        using var response = await app.Client.TranscribeAsync(speech);

        var problem = await response.ExpectProblemAsync(HttpStatusCode.UnprocessableEntity, "not_recognised");
        Assert.Equal("not_recognised", (string?)problem["attempts"]![0]!["outcome"]);
    }

    [Fact]
    public async Task Transcribe_LanguageThatNobodyHas_IsRefused()
    {
        using var response = await app.Client.TranscribeAsync(await Recording.Kennedy.ReadWavAsync(), "?language=ru");

        await response.ExpectProblemAsync(HttpStatusCode.UnprocessableEntity, "unsupported_language");
    }

    [Fact]
    public async Task Transcribe_WordTimings_AreRefusedRatherThanMadeUp()
    {
        using var response = await app.Client.TranscribeAsync(await Recording.Kennedy.ReadWavAsync(), "?timestamps=word");

        await response.ExpectProblemAsync(HttpStatusCode.UnprocessableEntity, "timings_unavailable");
    }

    private static string Words(string text) =>
        string.Join(' ', text.ToLowerInvariant().Split([' ', ',', '.', '!', '?'], StringSplitOptions.RemoveEmptyEntries));
}
