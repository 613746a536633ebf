using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Providers;
using VoiceFunctions.Tests.Stubs;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Tests.Transcription;

public sealed class TranscriptionResultTests
{
    private static readonly SpeechOutcome Outcome = new()
    {
        Provider = "a",
        Model = "m",
        Language = "en",
        Duration = 2.5,
        Confidence = 0.9,
        CostUsd = 0.001m,
        Attempts = [new("a", "m", "ok", null, 0.5)],
        Segments = [new(0.5, 1.25, "Hello") { Speaker = "1", Confidence = 0.8 }, new(1.5, 2, "you.")],
        Words = [new("Hello", 0.5, 1.25)],
    };

    [Fact]
    public async Task ExecuteAsync_Json_HasNoTimings()
    {
        var response = await WriteAsync(TranscriptFormat.Json, Outcome);

        var expected = """
            {"text":"Hello you.","language":"en","duration":2.5,"provider":"a","model":"m","confidence":0.9,"cache":"miss",
             "attempts":[{"provider":"a","model":"m","outcome":"ok","detail":null,"elapsed":0.5}],"costUsd":0.001,"requestId":"the-id"}
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(response.ReadBody())), response.ReadBody());
    }

    [Fact]
    public async Task ExecuteAsync_VerboseJson_AddsWhatWasMeasured()
    {
        var body = JsonNode.Parse((await WriteAsync(TranscriptFormat.VerboseJson, Outcome)).ReadBody())!;

        var segments = """
            [{"id":0,"start":0.5,"end":1.25,"text":"Hello","speaker":"1","confidence":0.8},{"id":1,"start":1.5,"end":2,"text":"you.","speaker":null,"confidence":null}]
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(segments), body["segments"]), body.ToJsonString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""[{"word":"Hello","start":0.5,"end":1.25}]"""), body["words"]), body.ToJsonString());
    }

    [Fact]
    public async Task ExecuteAsync_NotKnown_IsNull()
    {
        var body = JsonNode.Parse((await WriteAsync(TranscriptFormat.Json, Outcome with { Confidence = null, CostUsd = null, Duration = null, Language = null })).ReadBody())!.AsObject();

        Assert.All(["confidence", "costUsd", "duration", "language"], name => Assert.True(body.ContainsKey(name) && body[name] is null, name));
    }

    [Theory]
    [InlineData(TranscriptFormat.Text, "text/plain; charset=utf-8", "Hello you.")]
    [InlineData(TranscriptFormat.Srt, "application/x-subrip; charset=utf-8", "1\n00:00:00,500 --> 00:00:01,250\nHello\n\n2\n00:00:01,500 --> 00:00:02,000\nyou.\n")]
    [InlineData(TranscriptFormat.Vtt, "text/vtt; charset=utf-8", "WEBVTT\n\n00:00:00.500 --> 00:00:01.250\n<v 1>Hello\n\n00:00:01.500 --> 00:00:02.000\nyou.\n")]
    internal async Task ExecuteAsync_Plain_IsTheTextOfItsType(TranscriptFormat format, string type, string body)
    {
        var response = await WriteAsync(format, Outcome);

        Assert.Equal(type, response.ContentType);
        Assert.Equal(body, response.ReadBody());
    }

    private static async Task<HttpResponse> WriteAsync(TranscriptFormat format, SpeechOutcome outcome)
    {
        var context = TestRequest.Post("").HttpContext;
        context.TraceIdentifier = "the-id";
        context.RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider();
        await new TranscriptionResult(new TranscriptionRequest { Format = format }, "Hello you.", outcome).ExecuteAsync(context);
        return context.Response;
    }
}
