using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Providers;
using VoiceFunctions.Tests.Audio;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Providers;

public sealed class ProviderHttpTests
{
    private static readonly FakeTimeProvider Time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, ProviderFailureKind.InvalidRequest)]
    [InlineData(401, ProviderFailureKind.Unauthorized)]
    [InlineData(402, ProviderFailureKind.Unauthorized)]
    [InlineData(403, ProviderFailureKind.Unauthorized)]
    [InlineData(404, ProviderFailureKind.Unavailable)]
    [InlineData(408, ProviderFailureKind.Timeout)]
    [InlineData(410, ProviderFailureKind.Unavailable)]
    [InlineData(413, ProviderFailureKind.InvalidRequest)]
    [InlineData(422, ProviderFailureKind.InvalidRequest)]
    [InlineData(429, ProviderFailureKind.RateLimited)]
    [InlineData(500, ProviderFailureKind.Unavailable)]
    [InlineData(503, ProviderFailureKind.Unavailable)]
    [InlineData(302, ProviderFailureKind.Unavailable)]
    public async Task SendAsync_StatusOfFailure_HasAKind(int status, ProviderFailureKind kind)
    {
        using var client = Client(_ => new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent("the spoken text and a key"),
            Headers = { { "Retry-After", "7" } },
        });

        var failure = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(client));

        Assert.Equal(kind, failure.Kind);
        Assert.Equal("stub", failure.Provider);
        Assert.Equal(TimeSpan.FromSeconds(7), failure.RetryAfter);
        Assert.DoesNotContain("spoken text", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_NoConnection_IsUnavailable()
    {
        using var client = Client(_ => throw new HttpRequestException(HttpRequestError.NameResolutionError, "secret.host.example"));

        var failure = await Assert.ThrowsAsync<ProviderException>(() => SendAsync(client));

        Assert.Equal(ProviderFailureKind.Unavailable, failure.Kind);
        Assert.Equal("The connection failed (NameResolutionError).", failure.Message);
    }

    [Fact]
    public async Task SendAsync_Cancelled_IsNoFailureOfTheProvider()
    {
        using var client = Client(_ => throw new TaskCanceledException());

        await Assert.ThrowsAsync<TaskCanceledException>(() => SendAsync(client));
    }

    [Fact]
    public async Task ReadAsync_WholeBody_IsReadUpToTheLimit()
    {
        using var client = Client(_ => new HttpResponseMessage { Content = new ByteArrayContent([1, 2, 3]) });
        using var response = await SendAsync(client);

        Assert.Equal([1, 2, 3], await ProviderHttp.ReadAsync(response.Content, "stub", maxBytes: 3, Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadAsync_LargerThanAnyRightAnswer_IsABadResult(bool lengthKnown)
    {
        using var client = Client(_ => new HttpResponseMessage
        {
            Content = lengthKnown ? new ByteArrayContent(new byte[4]) : new StreamContent(new TrickleStream(new byte[4], piece: 1)),
        });
        using var response = await SendAsync(client);

        var failure = await Assert.ThrowsAsync<ProviderException>(() => ProviderHttp.ReadAsync(response.Content, "stub", maxBytes: 3, Token));

        Assert.Equal(ProviderFailureKind.BadResult, failure.Kind);
    }

    [Theory]
    [InlineData(256 * 1024)]
    [InlineData(256 * 1024 + 1)]
    [InlineData(1_500_000)]
    public async Task ReadAsync_LengthNotTold_IsReadWholeUpToTheLimit(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        using var client = Client(_ => new HttpResponseMessage { Content = new StreamContent(new TrickleStream(bytes, piece: 50_000)) });
        using var whole = await SendAsync(client);
        using var larger = await SendAsync(client);

        Assert.Equal(bytes, await ProviderHttp.ReadAsync(whole.Content, "stub", maxBytes: length, Token));
        await Assert.ThrowsAsync<ProviderException>(() => ProviderHttp.ReadAsync(larger.Content, "stub", maxBytes: length - 1, Token));
    }

    [Fact]
    public async Task ReadAsync_BodyBreaksOff_IsUnavailable()
    {
        using var client = Client(_ => new HttpResponseMessage { Content = new StreamContent(new TrickleStream(new byte[2], piece: 1, new IOException("reset"))) });
        using var response = await SendAsync(client);

        var failure = await Assert.ThrowsAsync<ProviderException>(() => ProviderHttp.ReadAsync(response.Content, "stub", maxBytes: 100, Token));

        Assert.Equal(ProviderFailureKind.Unavailable, failure.Kind);
    }

    private static HttpClient Client(Func<HttpRequestMessage, HttpResponseMessage> answer) => new(new StubHttpHandler(answer));

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://stub.example/");
        return await ProviderHttp.SendAsync(client, "stub", request, Time, Token);
    }
}
