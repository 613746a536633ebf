using Microsoft.Extensions.Options;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing.Loopback;
using static VoiceFunctions.Tests.Providers.Yandex.YandexBench;

namespace VoiceFunctions.Tests.Providers.Yandex;

public sealed class YandexFaultTests
{
    [Theory]
    [InlineData(400, ProviderFailureKind.InvalidRequest)]
    [InlineData(401, ProviderFailureKind.Unauthorized)]
    [InlineData(403, ProviderFailureKind.Unauthorized)]
    [InlineData(413, ProviderFailureKind.InvalidRequest)]
    [InlineData(429, ProviderFailureKind.RateLimited)]
    [InlineData(500, ProviderFailureKind.Unavailable)]
    [InlineData(503, ProviderFailureKind.Unavailable)]
    public async Task BothWays_Status_BecomesItsKind(int status, ProviderFailureKind kind)
    {
        await using var bench = new YandexBench();
        bench.Server.FaultFor = _ => Fault.Status(status);

        await FailsAsync(() => bench.SpeakAsync("Привет"), kind);
        await FailsAsync(() => bench.HearAsync(), kind);
    }

    [Fact]
    public async Task BothWays_WrongKey_IsUnauthorized()
    {
        await using var bench = new YandexBench(("ApiKey", "wrong-key"));

        var failure = await FailsAsync(() => bench.SpeakAsync("Привет"), ProviderFailureKind.Unauthorized);

        Assert.DoesNotContain("wrong-key", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAudio_IamToken_GoesAsBearer()
    {
        await using var bench = new YandexBench(("ApiKey", null), ("IamToken", $"{LoopbackYandex.IamToken}\n"));

        await bench.SpeakAsync("Привет");

        Assert.Equal($"Bearer {LoopbackYandex.IamToken}", bench.Server.Request.Header("Authorization"));
    }

    [Fact]
    public async Task GetAudio_RetryAfter_IsKept()
    {
        await using var bench = new YandexBench();
        bench.Server.Enqueue(Fault.RateLimited(7), Fault.RateLimited(bench.Time.GetUtcNow().AddSeconds(90)), Fault.RateLimited());

        Assert.Equal(TimeSpan.FromSeconds(7), (await FailsAsync(() => bench.SpeakAsync("а"), ProviderFailureKind.RateLimited)).RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(90), (await FailsAsync(() => bench.SpeakAsync("а"), ProviderFailureKind.RateLimited)).RetryAfter);
        Assert.Null((await FailsAsync(() => bench.SpeakAsync("а"), ProviderFailureKind.RateLimited)).RetryAfter);
    }

    [Fact]
    public async Task BothWays_BrokenConnection_IsUnavailable()
    {
        using var port = new ClosedPort();
        await using var bench = new YandexBench();
        await using var unheard = new YandexBench(("SynthesisEndpoint", port.Endpoint.AbsoluteUri));
        bench.Server.Enqueue(Fault.ResetInBody(), Fault.ResetInBody(4));

        await FailsAsync(() => bench.SpeakAsync("Привет"), ProviderFailureKind.Unavailable);
        await FailsAsync(() => bench.HearAsync(), ProviderFailureKind.Unavailable);
        await FailsAsync(() => unheard.SpeakAsync("Привет"), ProviderFailureKind.Unavailable);
    }

    [Fact]
    public async Task GetAudio_EmptyAnswerOrText_IsABadResult()
    {
        await using var bench = new YandexBench();
        bench.Server.Enqueue(Fault.EmptyBody(), Fault.MalformedJson());

        await FailsAsync(() => bench.SpeakAsync("Привет"), ProviderFailureKind.BadResult);
        await FailsAsync(() => bench.SpeakAsync("Привет"), ProviderFailureKind.BadResult);
    }

    [Fact]
    public async Task GetAudio_CancelledWhileYandexHangs_LeavesAtOnce()
    {
        await using var bench = new YandexBench();
        var hang = Fault.Hang();
        bench.Server.Enqueue(hang);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var call = bench.SpeakAsync("Привет", token: cancelled.Token);
        await bench.Server.ArrivalAsync(Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await hang.ClientLeft.WaitAsync(Token);
    }

    [Fact]
    public async Task AddYandex_WithoutKey_ListsTheProviderWithTheReason()
    {
        await using var bench = new YandexBench(("ApiKey", null));

        Assert.Equal("Yandex:ApiKey is not set.", bench.Provider.Unconfigured);
        Assert.Null(bench.Provider.TextToSpeech);
        Assert.Null(bench.Provider.SpeechToText);
    }

    [Fact]
    public async Task AddYandex_WrongOptions_AreRefused()
    {
        await using var both = new YandexBench(("IamToken", LoopbackYandex.IamToken));
        await using var key = new YandexBench(("ApiKey", "ключ"));
        await using var folder = new YandexBench(("FolderId", new string('f', 51)));

        Assert.Throws<OptionsValidationException>(() => both.Provider);
        Assert.Throws<OptionsValidationException>(() => folder.Provider);
        Assert.DoesNotContain("ключ", Assert.Throws<OptionsValidationException>(() => key.Provider).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BothWays_AtEveryLevel_LogNothing()
    {
        await using var bench = new YandexBench();
        bench.Server.Enqueue(Fault.Status(500));

        await FailsAsync(() => bench.SpeakAsync("confidential"), ProviderFailureKind.Unavailable);
        await bench.SpeakAsync("confidential");
        await bench.HearAsync();

        Assert.Empty(bench.Log);
    }
}
