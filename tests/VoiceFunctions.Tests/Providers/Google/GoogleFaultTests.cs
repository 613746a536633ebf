using VoiceFunctions.Providers;
using VoiceFunctions.Testing.Loopback;
using static VoiceFunctions.Tests.Providers.Google.GoogleBench;

namespace VoiceFunctions.Tests.Providers.Google;

public sealed class GoogleFaultTests
{
    [Theory]
    [InlineData(400, ProviderFailureKind.InvalidRequest)]
    [InlineData(401, ProviderFailureKind.Unauthorized)]
    [InlineData(403, ProviderFailureKind.Unauthorized)]
    [InlineData(404, ProviderFailureKind.Unavailable)]
    [InlineData(408, ProviderFailureKind.Timeout)]
    [InlineData(413, ProviderFailureKind.InvalidRequest)]
    [InlineData(429, ProviderFailureKind.RateLimited)]
    [InlineData(500, ProviderFailureKind.Unavailable)]
    [InlineData(503, ProviderFailureKind.Unavailable)]
    public async Task BothWays_Status_BecomesItsKind(int status, ProviderFailureKind kind)
    {
        await using var bench = new GoogleBench();
        bench.Server.FaultFor = _ => Fault.Status(status);

        await FailsAsync(() => bench.SpeakAsync("Hello"), kind);
        await FailsAsync(() => bench.HearAsync(), kind);
        await FailsAsync(() => bench.Provider.Probe!(Token), kind);
    }

    [Fact]
    public async Task GetAudio_RetryAfter_IsKept()
    {
        await using var bench = new GoogleBench();
        bench.Server.Enqueue(Fault.RateLimited(7), Fault.RateLimited(bench.Time.GetUtcNow().AddSeconds(90)), Fault.RateLimited());

        Assert.Equal(TimeSpan.FromSeconds(7), (await FailsAsync(() => bench.SpeakAsync("a"), ProviderFailureKind.RateLimited)).RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(90), (await FailsAsync(() => bench.SpeakAsync("a"), ProviderFailureKind.RateLimited)).RetryAfter);
        Assert.Null((await FailsAsync(() => bench.SpeakAsync("a"), ProviderFailureKind.RateLimited)).RetryAfter);
    }

    [Fact]
    public async Task GetText_RetryInfo_IsTheTimeToWait()
    {
        await using var bench = new GoogleBench();
        bench.Server.Enqueue(Fault.Body(_ => LoopbackReply.Json(
            """{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"2.5s"}]}}""", 429)));

        var failure = await FailsAsync(() => bench.HearAsync(), ProviderFailureKind.RateLimited);

        Assert.Equal(TimeSpan.FromSeconds(2.5), failure.RetryAfter);
    }

    [Fact]
    public async Task GetAudio_KeyThatIsNotValid_IsUnauthorizedThoughGoogleAnswers400()
    {
        await using var bench = new GoogleBench(("ApiKey", "wrong-key"));

        var failure = await FailsAsync(() => bench.SpeakAsync("Hello"), ProviderFailureKind.Unauthorized);

        Assert.DoesNotContain("wrong-key", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BothWays_BrokenConnection_IsUnavailable()
    {
        await using var bench = new GoogleBench();
        bench.Server.Enqueue(Fault.ResetInBody(), Fault.ResetInBody());

        await FailsAsync(() => bench.SpeakAsync("Hello"), ProviderFailureKind.Unavailable);
        await FailsAsync(() => bench.HearAsync(), ProviderFailureKind.Unavailable);
    }

    [Fact]
    public async Task GetAudio_NobodyListens_IsUnavailable()
    {
        using var port = new ClosedPort();
        await using var bench = new GoogleBench(("SynthesisEndpoint", port.Endpoint.AbsoluteUri));

        await FailsAsync(() => bench.SpeakAsync("Hello"), ProviderFailureKind.Unavailable);
    }

    [Fact]
    public async Task BothWays_MalformedOrEmptyAnswer_IsABadResult()
    {
        await using var bench = new GoogleBench();
        bench.Server.Enqueue(Fault.MalformedJson(), Fault.EmptyBody(), Fault.MalformedJson(), Fault.EmptyBody());

        await FailsAsync(() => bench.SpeakAsync("Hello"), ProviderFailureKind.BadResult);
        await FailsAsync(() => bench.SpeakAsync("Hello"), ProviderFailureKind.BadResult);
        await FailsAsync(() => bench.HearAsync(), ProviderFailureKind.BadResult);
        await FailsAsync(() => bench.HearAsync(), ProviderFailureKind.BadResult);
    }

    [Fact]
    public async Task GetAudio_CancelledWhileGoogleHangs_LeavesAtOnce()
    {
        await using var bench = new GoogleBench();
        var hang = Fault.Hang();
        bench.Server.Enqueue(hang);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var call = bench.SpeakAsync("Hello", token: cancelled.Token);
        await bench.Server.ArrivalAsync(Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await hang.ClientLeft.WaitAsync(Token);
    }

    [Fact]
    public async Task BothWays_AtEveryLevel_LogNothing()
    {
        await using var bench = new GoogleBench();
        bench.Server.Enqueue(Fault.Status(500));

        await FailsAsync(() => bench.SpeakAsync("confidential"), ProviderFailureKind.Unavailable);
        await bench.SpeakAsync("confidential");
        await bench.HearAsync(call: new() { Container = VoiceFunctions.Audio.AudioContainer.Wav, Prompt = "confidential" });

        Assert.Empty(bench.Log);
    }
}
