using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Problems;

public sealed class ProblemResultTests
{
    [Fact]
    public async Task ExecuteAsync_FieldError_WritesTheDocument()
    {
        var (response, body) = await WriteAsync(ProblemException.InvalidField("speed", "is \"too\" much."));

        Assert.Equal(400, response.StatusCode);
        Assert.Equal("application/problem+json; charset=utf-8", response.ContentType);
        Assert.Equal(response.Body.Length, response.ContentLength);
        Assert.Equal("urn:voicefunctions:problem:invalid_request", (string?)body["type"]);
        Assert.Equal("invalid_request", (string?)body["code"]);
        Assert.Equal(400, (int?)body["status"]);
        Assert.Equal("The request is not valid", (string?)body["title"]);
        Assert.Equal("speed is \"too\" much.", (string?)body["detail"]);
        Assert.Equal("the-id", (string?)body["requestId"]);
        Assert.Equal("is \"too\" much.", (string?)body["errors"]!["speed"]![0]);
        Assert.False(body.ContainsKey("attempts"));
        Assert.False(body.ContainsKey("retryAfter"));
        Assert.False(response.Headers.ContainsKey("Retry-After"));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(1.001, "2")]
    [InlineData(86_400, "86400")]
    public async Task ExecuteAsync_RetryAfter_IsRoundedUpInHeaderAndBody(double seconds, string header)
    {
        var (response, body) = await WriteAsync(new ProblemException(ProblemKind.ProvidersUnavailable, "No.") { RetryAfter = TimeSpan.FromSeconds(seconds) });

        Assert.Equal(header, response.Headers.RetryAfter.ToString());
        Assert.Equal(header, body["retryAfter"]!.ToJsonString());
    }

    [Fact]
    public async Task ExecuteAsync_Attempts_AreListed()
    {
        SpeechAttempt[] attempts = [new("azure", "neural", "timeout", "No answer in time.", 15.003), new("openai", null, "circuit_open", null, 0)];

        var (_, body) = await WriteAsync(new ProblemException(ProblemKind.ProvidersUnavailable, "No.") { Attempts = attempts });

        var expected = """
            [{"provider":"azure","model":"neural","outcome":"timeout","detail":"No answer in time.","elapsed":15.003},
             {"provider":"openai","model":null,"outcome":"circuit_open","detail":null,"elapsed":0}]
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), body["attempts"]), body["attempts"]!.ToJsonString());
    }

    [Fact]
    public void Kinds_CodesAndStatuses_AreThoseOfTheContract()
    {
        var kinds = typeof(ProblemKind).GetFields().Select(field => (ProblemKind)field.GetValue(null)!).ToDictionary(kind => kind.Code, kind => kind.Status);

        Assert.Equal(400, kinds["not_supported"]);
        Assert.Equal(401, kinds["unauthorized"]);
        Assert.Equal(403, kinds["forbidden"]);
        Assert.Equal(404, kinds["cache_miss"]);
        Assert.Equal(405, kinds["method_not_allowed"]);
        Assert.Equal(413, kinds["payload_too_large"]);
        Assert.Equal(415, kinds["unsupported_format"]);
        Assert.Equal(422, kinds["not_recognised"]);
        Assert.Equal(422, kinds["timings_unavailable"]);
        Assert.Equal(503, kinds["overloaded"]);
        Assert.Equal(504, kinds["deadline_exceeded"]);
        Assert.Equal(500, kinds["internal_error"]);
    }

    private static async Task<(HttpResponse Response, JsonObject Body)> WriteAsync(ProblemException problem)
    {
        var context = TestRequest.Post("").HttpContext;
        context.TraceIdentifier = "the-id";
        await new ProblemResult(problem).ExecuteAsync(context);
        return (context.Response, JsonSerializer.Deserialize<JsonObject>(context.Response.ReadBody())!);
    }
}
