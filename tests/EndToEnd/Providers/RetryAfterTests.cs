using System.Net;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>A provider that says when it can be asked again is not asked before, and is not waited for when that is long.</summary>
[Collection<PlainCollection>]
public sealed class RetryAfterTests(PlainApp app)
{
    private const string Text = "Come back in a moment.";

    /// <summary>How much earlier than asked a timer may go off: its clock counts whole milliseconds.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    [Theory]
    [InlineData("openai", 1000)]
    [InlineData("azure", 1000)]
    [InlineData("google", 1000)]
    [InlineData("yandex", 1000)]
    [InlineData("openai", 350)]
    public async Task Speak_ShortRetryAfter_IsWaitedFor(string provider, int milliseconds)
    {
        var server = app.Servers[provider];
        var before = server.Count;
        server.Enqueue(milliseconds % 1000 == 0 ? Fault.RateLimited(milliseconds / 1000) : Fault.RateLimitedMilliseconds(milliseconds));

        using var response = await app.Client.SpeakByAsync(Text, provider, "offline");

        Assert.Equal($"{provider}=rate_limited,{provider}=ok", response.Headers.Attempts());
        Assert.Equal(2, server.Count - before);
        var arrivals = server.Requests.Skip(before).Select(request => request.ArrivedAt).ToArray();
        Assert.True(TimeProvider.System.GetElapsedTime(arrivals[0], arrivals[1]) >= TimeSpan.FromMilliseconds(milliseconds) - Tick);
    }

    [Theory]
    [InlineData("openai", "azure")]
    [InlineData("azure", "google")]
    [InlineData("google", "yandex")]
    [InlineData("yandex", "openai")]
    public async Task Call_LongRetryAfter_MovesOnAtOnce(string provider, string next)
    {
        var before = app.Servers.Counts;
        using var broken = app.Break(provider, () => Fault.RateLimited(retryAfterSeconds: 3600));

        using var spoken = await app.Client.SpeakByAsync(Text, provider, next);
        using var heard = await app.Client.HearByAsync(await PlainApp.RecordingAsync(), provider, next);

        Assert.Equal($"{provider}=rate_limited,{next}=ok", spoken.Headers.Attempts());
        Assert.Equal($"{provider}=rate_limited,{next}=ok", (await heard.ReadJsonAsync()).Attempts());
        Assert.Equal(2, app.Servers.Counts[provider] - before[provider]);
    }

    [Fact]
    public async Task Speak_NobodyElse_PassesTheTimeOn()
    {
        using var broken = app.Break("azure", () => Fault.RateLimited(retryAfterSeconds: 3600));

        using var response = await app.Client.SpeakPinnedAsync(Text, "azure");

        var problem = await response.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, "providers_unavailable");
        Assert.Equal("azure=rate_limited", problem.Attempts());
        Assert.Equal(3600, response.ExpectRetryAfter(problem));
    }

    /// <summary>The hour of one provider must not keep the caller from the other, which may be back any moment.</summary>
    [Fact]
    public async Task Speak_OneNamesATimeAndOneDoesNot_NamesTheEarliest()
    {
        using var busy = app.Break("azure", () => Fault.RateLimited(retryAfterSeconds: 3600));
        using var down = app.Break("openai", () => Fault.Status(500));

        using var response = await app.Client.SpeakByAsync(Text, "azure", "openai");

        var problem = await response.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, "providers_unavailable");
        Assert.Equal($"azure=rate_limited,{ProviderCalls.Times("openai", "unavailable", 3)}", problem.Attempts());
        Assert.InRange(response.ExpectRetryAfter(problem), 1, 60);
    }
}
