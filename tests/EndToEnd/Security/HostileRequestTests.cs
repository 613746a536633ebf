using System.Diagnostics;
using System.Net;
using System.Text;
using VoiceFunctions.EndToEnd.Hosting;

namespace VoiceFunctions.EndToEnd.Security;

/// <summary>Requests that are meant to harm: each is answered or its connection closed, none is believed, and the app serves on.</summary>
public sealed class HostileRequestTests(RunningApp app) : IClassFixture<RunningApp>, IAsyncLifetime
{
    private const string Head = "Host: localhost\r\nConnection: close\r\n";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        using var alive = await app.Client.GetAsync(new Uri("/api/health", UriKind.Relative), Cancelled);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Theory]
    [InlineData(16 * 1024, 414)]
    [InlineData(4 * 1024, 404)]
    public async Task Url_Oversized_IsAnswered(int length, int status) =>
        Assert.StartsWith($"HTTP/1.1 {status} ", await RawHttp.AskAsync(app.Client, $"GET /api/{new string('a', length)} HTTP/1.1\r\n{Head}\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task Header_Oversized_IsAnswered() =>
        Assert.StartsWith("HTTP/1.1 431 ", await RawHttp.AskAsync(app.Client, $"GET /api/voices HTTP/1.1\r\n{Head}X-Long: {new string('a', 64 * 1024)}\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task Headers_TooMany_AreAnswered()
    {
        var headers = string.Concat(Enumerable.Range(0, 500).Select(number => $"X-{number}: a\r\n"));

        Assert.StartsWith("HTTP/1.1 431 ", await RawHttp.AskAsync(app.Client, $"GET /api/voices HTTP/1.1\r\n{Head}{headers}\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_ThatDoesNotEnd_IsNotWaitedFor()
    {
        await using var connection = await RawHttp.ConnectAsync(app.Client);
        await connection.SendAsync("GET /api/voices HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        var answering = connection.ReadToEndAsync();
        var watch = Stopwatch.StartNew();

        // A byte whenever there is time for one, as an attacker keeps connections.
        while (!answering.IsCompleted)
        {
            await connection.TrySendAsync("a");
            await Task.WhenAny(answering, Task.Delay(TimeSpan.FromMilliseconds(200), Cancelled));
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), "The connection is still open.");
        }

        Assert.DoesNotContain("HTTP/1.1 200", await answering, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/tts", "application/json", 60, "invalid_request")]
    [InlineData("/api/stt", "audio/wav", 60, "invalid_request")]
    [InlineData("/api/tts", "application/json", 1, "deadline_exceeded")]
    [InlineData("/api/stt", "audio/wav", 1, "deadline_exceeded")]
    public async Task Body_ThatDoesNotCome_IsNotWaitedFor(string route, string type, int timeout, string code)
    {
        await using var connection = await RawHttp.ConnectAsync(app.Client);
        var watch = Stopwatch.StartNew();

        await connection.SendAsync($"POST {route} HTTP/1.1\r\n{Head}Content-Type: {type}\r\nX-Voice-Timeout: {timeout}\r\nContent-Length: 100000\r\n\r\n{{\"text\":");
        var answer = await connection.ReadToEndAsync();

        Assert.Contains($"\"code\":\"{code}\"", answer, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(45), $"{watch.Elapsed}");
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nGET /api/usage HTTP/1.1\r\n\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n", "{}   ")]
    [InlineData("Content-Length: -1\r\n", "")]
    [InlineData("Content-Length: 99999999999999999999\r\n", "")]
    [InlineData("Transfer-Encoding: chunked\r\n", "zz\r\n\r\n")]
    [InlineData("Transfer-Encoding: gzip, chunked, identity\r\n", "0\r\n\r\n")]
    [InlineData(" Folded: header\r\n", "")]
    [InlineData("Bad Name: x\r\n", "")]
    [InlineData("X-Request-Id: a\0b\r\n", "")]
    public async Task Request_ReadableInTwoWays_IsAnsweredOnceAndRefused(string headers, string body)
    {
        var answer = await RawHttp.AskAsync(app.Client, $"POST /api/tts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{headers}\r\n{body}");

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        Assert.Equal(1, answer.Split("HTTP/1.1 ").Length - 1);
    }

    [Theory]
    [InlineData("GET /api/../../../etc/passwd HTTP/1.1")]
    [InlineData("GET /api/%2e%2e/%2e%2e/etc/passwd HTTP/1.1")]
    [InlineData("GET /api/..%2f..%2fetc/passwd HTTP/1.1")]
    [InlineData("GET /api/jobs/..%2f..%2fother/results/x HTTP/1.1")]
    [InlineData("GET /api//usage HTTP/1.1")]
    [InlineData("GET /api/voices%00.txt HTTP/1.1")]
    [InlineData("GET /%61pi/nothing HTTP/1.1")]
    [InlineData("GET http://evil.example/api/voices HTTP/1.1")]
    [InlineData("GET \\api\\voices HTTP/1.1")]
    [InlineData("GET /api/voices\u00ff HTTP/1.1")]
    [InlineData("CONNECT evil.example:443 HTTP/1.1")]
    [InlineData("TRACE /api/voices HTTP/1.1")]
    [InlineData("OPTIONS * HTTP/1.1")]
    [InlineData("GET /api/voices HTTP/9.9")]
    [InlineData("GET /api/voices")]
    [InlineData("\u0016\u0003\u0001")]
    public async Task Target_OutOfTheWay_IsNeverServed(string line)
    {
        var answer = await RawHttp.AskAsync(app.Client, $"{line}\r\n{Head}\r\n");

        Assert.DoesNotContain("HTTP/1.1 2", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/1.1 5", answer.Replace("HTTP/1.1 505", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil\r\nX-Evil: 1")]
    [InlineData("a b")]
    [InlineData("<script>")]
    public async Task RequestId_ThatIsNone_IsReplaced(string id)
    {
        var answer = await RawHttp.AskAsync(app.Client, $"GET /api/nowhere HTTP/1.1\r\n{Head}X-Request-Id: {id}\r\n\r\n");

        var sent = answer.Split("\r\n").Single(line => line.StartsWith("X-Request-Id: ", StringComparison.Ordinal))["X-Request-Id: ".Length..];
        Assert.Matches(id.StartsWith("evil", StringComparison.Ordinal) ? "^evil$" : "^[0-9a-f]{32}$", sent);
        Assert.DoesNotContain("\r\nX-Evil", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("voice", "offline:a\\r\\nX-Evil: 1")]
    [InlineData("voice", "openai:\\u0433\\u043e\\u043b\\u043e\\u0441")]
    [InlineData("model", "m\\r\\nX-Evil: 1")]
    [InlineData("provider", "offline\\nSet-Cookie: a=b")]
    [InlineData("language", "en\\r\\nX-Evil: 1")]
    [InlineData("format", "wav\\r\\nX-Evil: 1")]
    public async Task Field_WithLineEnds_EndsUpInNoHeader(string field, string value)
    {
        using var content = new StringContent($$"""{"text":"Hello.","{{field}}":"{{value}}"}""", Encoding.UTF8, "application/json");
        using var response = await app.Client.PostAsync(new Uri("/api/tts", UriKind.Relative), content, Cancelled);

        Assert.InRange((int)response.StatusCode, 400, 422);
        Assert.False(response.Headers.Contains("X-Evil"));
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("Host: evil.example\r\n")]
    [InlineData("Host: localhost.evil.example\r\n")]
    [InlineData("Host: localhost\r\nOrigin: http://evil.example\r\n")]
    [InlineData("Host: localhost\r\nOrigin: null\r\n")]
    [InlineData("Host: localhost\r\nOrigin: http://localhost\r\nOrigin: http://evil.example\r\n")]
    [InlineData("Host: evil.example\r\nX-Forwarded-Host: localhost\r\nForwarded: host=localhost\r\n")]
    public async Task Caller_FromElsewhere_IsForbidden(string headers)
    {
        foreach (var route in new[] { "/api/voices", "/api/usage", "/api/health/ready", "/api/nowhere" })
        {
            var answer = await RawHttp.AskAsync(app.Client, $"GET {route} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Host: localhost\r\nHost: evil.example\r\n")]
    [InlineData("Host: local host\r\n")]
    public async Task Host_ThatIsNone_IsRefused(string headers) =>
        Assert.StartsWith("HTTP/1.1 400 ", await RawHttp.AskAsync(app.Client, $"GET /api/voices HTTP/1.1\r\n{headers}Connection: close\r\n\r\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\u00ed\u00a0\u0080")]
    [InlineData("\u00ff\u00fe")]
    public async Task Text_ThatIsNoUnicode_IsRefused(string text)
    {
        foreach (var (route, body) in new[]
        {
            ("/api/tts", $$"""{"text":"{{text}}"}"""), ("/api/tts", $$"""{"text":"a","voice":"{{text}}"}"""), ("/api/tts/jobs", $$"""{"text":"a","title":"{{text}}"}"""),
            ("/api/stt/jobs", $$"""{"audioBlob":"inbox/a","title":"{{text}}"}"""), ("/api/stt/jobs", $$"""{"audioBlob":"inbox/a","outputs":["{{text}}"]}"""),
            ("/api/stt/jobs", $$"""{"{{text}}":"a"}"""), ("/api/intent", $$"""{"message":"{{text}}","history":7}"""), ("/api/uploads", $$"""{"name":"a","{{text}}":1}"""),
        })
        {
            var answer = await RawHttp.AskAsync(app.Client, $"POST {route} HTTP/1.1\r\n{Head}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Depth_OfJson_IsBounded()
    {
        using var content = new StringContent($"{{\"text\":{new string('[', 50_000)}", Encoding.UTF8, "application/json");
        using var response = await app.Client.PostAsync(new Uri("/api/tts", UriKind.Relative), content, Cancelled);

        await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
    }
}
