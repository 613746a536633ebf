using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Synthesis;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Synthesis;

public sealed class SynthesisResultTests
{
    private static readonly SpeechOutcome Outcome = new()
    {
        Provider = "azure",
        Model = "neural",
        Voice = "Ava",
        Format = AudioFormat.Pcm,
        SampleRate = 16_000,
        Duration = 1.5,
        CostUsd = 0.000_015m,
        Cache = CacheOutcome.Miss,
        Attempts = [new("openai", "tts", "timeout", "No answer in time.", 15), new("azure", "neural", "ok", null, 0.5)],
    };

    [Fact]
    public async Task ExecuteAsync_Audio_IsTheBodyAndTheRestIsInHeaders()
    {
        var response = await WriteAsync(Outcome, [1, 2, 3]);

        Assert.Equal([1, 2, 3], ((MemoryStream)response.Body).ToArray());
        Assert.Equal(("audio/L16;rate=16000;channels=1", 3L), (response.ContentType, response.ContentLength));
        Assert.Equal("azure", response.Headers["X-Voice-Provider"]);
        Assert.Equal("neural", response.Headers["X-Voice-Model"]);
        Assert.Equal("Ava", response.Headers["X-Voice-Id"]);
        Assert.Equal("miss", response.Headers["X-Voice-Cache"]);
        Assert.Equal("openai=timeout,azure=ok", response.Headers["X-Voice-Attempts"]);
        Assert.Equal("1.5", response.Headers["X-Voice-Duration"]);
        Assert.Equal("0.000015", response.Headers["X-Voice-Cost-Usd"]);
    }

    [Fact]
    public async Task ExecuteAsync_NotKnown_HasNoHeader()
    {
        var response = await WriteAsync(Outcome with { Duration = null, CostUsd = null }, [1]);

        Assert.False(response.Headers.ContainsKey("X-Voice-Duration"));
        Assert.False(response.Headers.ContainsKey("X-Voice-Cost-Usd"));
    }

    [Fact]
    public async Task ExecuteAsync_Free_CostsNothingRatherThanUnknown() =>
        Assert.Equal("0", (await WriteAsync(Outcome with { CostUsd = 0 }, [1])).Headers["X-Voice-Cost-Usd"]);

    [Fact]
    public async Task ExecuteAsync_ETag_IsOfTheBytesAlone()
    {
        var tag = (await WriteAsync(Outcome, [1, 2, 3])).Headers.ETag.ToString();

        Assert.Matches("^\"[0-9a-f]{32}\"$", tag);
        Assert.Equal(tag, (await WriteAsync(Outcome with { Cache = CacheOutcome.Hit, Attempts = [] }, [1, 2, 3])).Headers.ETag.ToString());
        Assert.NotEqual(tag, (await WriteAsync(Outcome, [1, 2, 4])).Headers.ETag.ToString());
    }

    [Fact]
    public async Task ExecuteAsync_Json_HasTheSameAsFields()
    {
        var response = await WriteAsync(Outcome with { CostUsd = null }, [1, 2, 3], asJson: true);

        var expected = """
            {"requestId":"the-id","provider":"azure","model":"neural","voice":"Ava","cache":"miss",
             "attempts":[{"provider":"openai","model":"tts","outcome":"timeout","detail":"No answer in time.","elapsed":15},
                         {"provider":"azure","model":"neural","outcome":"ok","detail":null,"elapsed":0.5}],
             "duration":1.5,"costUsd":null,"format":"pcm","sampleRate":16000,"bytes":3,"audio":"AQID"}
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(response.ReadBody())), response.ReadBody());
        Assert.StartsWith("application/json", response.ContentType, StringComparison.Ordinal);
        Assert.Equal("azure", response.Headers["X-Voice-Provider"]);
    }

    private static async Task<HttpResponse> WriteAsync(SpeechOutcome outcome, byte[] audio, bool asJson = false)
    {
        var context = TestRequest.Post("").HttpContext;
        context.TraceIdentifier = "the-id";
        context.RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider();
        await new SynthesisResult(outcome, audio, asJson).ExecuteAsync(context);
        return context.Response;
    }
}
