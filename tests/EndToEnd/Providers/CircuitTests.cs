using System.Diagnostics;
using System.Net;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>A provider that hangs costs a bounded number of calls, is left alone then, and is used again when it is back.</summary>
public sealed class CircuitTests
{
    private const int Calls = 200;
    private const int Concurrency = 8;
    private const int Throughput = 4;

    /// <summary>More than an open circuit can turn away within its half second.</summary>
    private const int MostPolls = 20_000;

    private static readonly TimeSpan Break = TimeSpan.FromSeconds(0.5);

    [Fact]
    public async Task Speak_FirstProviderHangs_IsBoundedSkippedAndUsedAgain()
    {
        await using var app = await ProviderApp.StartAsync(
            ("OpenAI__Concurrency", $"{Concurrency}"), ("Resilience__AttemptTimeout", "00:00:02"), ("Resilience__MinimumThroughput", $"{Throughput}"),
            ("Resilience__BreakDuration", Break.ToString()), ("Resilience__SamplingDuration", "01:00:00"));
        app.Servers.OpenAI.FaultFor = request => request.Path == "/v1/audio/speech" ? Fault.Hang() : null;
        var clock = Stopwatch.StartNew();

        var attempts = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => SpeakAsync(app)));

        // As many as may be under way at once, and one more for each of those that had gone by before the circuit opened; then one probe for each time
        // that the circuit has been open. A time-out is not retried.
        var bound = Concurrency + Throughput - 1 + (int)(clock.Elapsed / Break);
        var tried = app.Servers.OpenAI.Count;
        Assert.InRange(tried, Throughput, bound);
        Assert.Equal(tried, attempts.Count(attempt => attempt == "openai=timeout,azure=ok"));
        Assert.Equal(Calls - tried, attempts.Count(attempt => attempt == "openai=circuit_open,azure=ok"));
        Assert.Equal(Calls, app.Servers.Azure.Count);

        // The other direction has a circuit of its own.
        using var heard = await app.Client.HearByAsync(await PlainApp.RecordingAsync(), "openai", "azure");
        Assert.Equal("openai=ok", (await heard.ReadJsonAsync()).Attempts());

        app.Servers.OpenAI.FaultFor = null;
        var polled = 0;
        for (var last = ""; last != "openai=ok"; polled++)
        {
            Assert.True(polled < MostPolls, last);
            last = await SpeakAsync(app);
            Assert.True(last is "openai=ok" or "openai=circuit_open,azure=ok", last);
        }

        // Only the call that was the probe, and the recognition, went through.
        Assert.Equal(tried + 2, app.Servers.OpenAI.Count);
        Assert.Equal("openai=ok", await SpeakAsync(app));
    }

    [Fact]
    public async Task Speak_PinnedWhileCircuitIsOpen_SaysWhenToComeBack()
    {
        await using var app = await ProviderApp.StartAsync(("Resilience__MinimumThroughput", "2"), ("Resilience__BreakDuration", "00:10:00"));
        app.Servers.Yandex.FaultFor = _ => Fault.Status(500);
        using var first = await app.Client.SpeakPinnedAsync("One.", "yandex");
        var problem = await first.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, "providers_unavailable");
        Assert.Equal("yandex=unavailable,yandex=unavailable,yandex=circuit_open", problem.Attempts());

        using var second = await app.Client.SpeakPinnedAsync("Two.", "yandex");

        problem = await second.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, "providers_unavailable");
        Assert.Equal("yandex=circuit_open", problem.Attempts());
        Assert.InRange(second.ExpectRetryAfter(problem), 1, 600);
        Assert.Equal(2, app.Servers.Yandex.Count);
    }

    private static async Task<string> SpeakAsync(ProviderApp app)
    {
        using var response = await app.Client.SpeakByAsync("Say it, whoever can.", "openai", "azure");
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return response.Headers.Attempts();
    }
}
