using System.Net;
using System.Net.Http.Headers;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.Tests.Shared.Loopback;

public sealed class LoopbackProviderTests : IAsyncLifetime
{
    private readonly EchoLoopback _server = new();
    private readonly HttpClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _client.BaseAddress = _server.Endpoint;
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "key");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Post_WithoutFault_AnswersAndRecords()
    {
        using var response = await PostAsync();

        Assert.Equal(AudioSamples.Speak("hello", "wav", 16_000, silent: false), await response.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal("/speak", _server.Request.Path);
        Assert.Equal("hello", _server.Request.Text);
    }

    [Fact]
    public async Task Post_WithQueuedFaults_SpoilsOneAnswerEach()
    {
        _server.Enqueue(Fault.RateLimited(7), Fault.RateLimitedMilliseconds(250), Fault.Status(503), Fault.EmptyBody());

        using var seconds = await PostAsync();
        using var milliseconds = await PostAsync();
        using var unavailable = await PostAsync();
        using var empty = await PostAsync();
        using var good = await PostAsync();

        Assert.Equal(TimeSpan.FromSeconds(7), seconds.Headers.RetryAfter?.Delta);
        Assert.Equal("250", milliseconds.Headers.GetValues("retry-after-ms").Single());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unavailable.StatusCode);
        Assert.Empty(await empty.Content.ReadAsByteArrayAsync(Token));
        Assert.NotEmpty(await good.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(5, _server.Count);
    }

    [Fact]
    public async Task Post_ThatIsRefused_IsRefusedInSpiteOfTheFault()
    {
        _client.DefaultRequestHeaders.Authorization = null;
        _server.Enqueue(Fault.SilentAudio());

        using var response = await PostAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Post_WithHang_EndsWhenTheClientLeaves()
    {
        var hang = Fault.Hang();
        _server.Enqueue(hang);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var post = _client.PostAsync(new Uri("speak", UriKind.Relative), new StringContent("hello"), leave.Token);
        await _server.ArrivalAsync(Token);
        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => post);
        await hang.ClientLeft.WaitAsync(Token);
    }

    [Fact]
    public async Task Post_WithSlowDrip_SendsAPieceForEachRelease()
    {
        using var drip = Fault.SlowDrip(pieceBytes: 100);
        _server.Enqueue(drip);
        using var request = new HttpRequestMessage(HttpMethod.Post, "speak") { Content = new StringContent("hello") };
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        var piece = new byte[100];

        var first = body.ReadExactlyAsync(piece, Token).AsTask();
        Assert.False(first.IsCompleted);
        drip.Release();
        await first;
        var rest = response.Content.Headers.ContentLength!.Value - 100;
        drip.ReleaseAll();

        using var remaining = new MemoryStream();
        await body.CopyToAsync(remaining, Token);
        Assert.Equal(rest, remaining.Length);
    }

    [Fact]
    public async Task Post_WithReset_BreaksTheBody()
    {
        _server.Enqueue(Fault.ResetInBody(), Fault.ResetBeforeAnswer());

        await Assert.ThrowsAsync<HttpRequestException>(PostAsync);
        await Assert.ThrowsAsync<HttpRequestException>(PostAsync);
    }

    [Fact]
    public async Task Post_WithBadAudio_AnswersAudioOfThatKind()
    {
        var whole = AudioSamples.Speak("hello", "wav", 16_000, silent: false);
        _server.Enqueue(Fault.TruncatedAudio(), Fault.SilentAudio(), Fault.WrongFormatAudio());

        using var truncated = await PostAsync();
        using var silent = await PostAsync();
        using var wrong = await PostAsync();

        Assert.Equal(whole[..(whole.Length / 2)], await truncated.Content.ReadAsByteArrayAsync(Token));
        var silence = await silent.Content.ReadAsByteArrayAsync(Token);
        Assert.Equal(whole.Length, silence.Length);
        Assert.All(silence.Skip(44), value => Assert.Equal(0, value));
        Assert.Equal(0xFF, (await wrong.Content.ReadAsByteArrayAsync(Token))[0]);
    }

    [Fact]
    public async Task ClosedPort_Always_RefusesTheConnection()
    {
        using var closed = new ClosedPort();

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync(closed.Endpoint, Token));

        Assert.Equal(HttpRequestError.ConnectionError, failure.HttpRequestError);
    }

    private Task<HttpResponseMessage> PostAsync() => _client.PostAsync(new Uri("speak", UriKind.Relative), new StringContent("hello"), Token);
}
