using System.Net;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.EndToEnd.Providers;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Telemetry;

/// <summary>What a collector hears of the app as it runs.</summary>
public sealed class CallTraceTests
{
    private const string Secret = "The raven flies at midnight.";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Speak_WithACollector_IsOneTraceFromTheRequestToEachProvider()
    {
        await using var collector = new OtlpReceiver();
        await using var app = await ProviderApp.StartAsync([.. collector.Settings, ("Resilience__MaxRetries", "0")]);
        app.Servers["openai"].Enqueue(new StatusFault(500));

        using var response = await app.Client.SpeakAsync(new { text = Secret, providers = new[] { "openai", "azure" }, voice = "default" });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("openai=unavailable,azure=ok", Assert.Single(response.Headers.GetValues("X-Voice-Attempts")));
        var trace = await collector.UntilAsync(received => Complete(received.Spans), Cancelled);
        var root = Assert.Single(trace, span => !trace.Any(other => other.Id == span.Parent));
        Assert.Equal("Microsoft.AspNetCore", root.Source);
        var call = Assert.Single(Children(trace, root), span => span.Source == "VoiceFunctions");
        Assert.Equal("voice.synthesis", call.Name);
        var fallback = Assert.Single(Children(trace, call));
        Assert.Equal("voice.fallback", fallback.Name);
        var targets = Children(trace, fallback);
        Assert.Equal(["voice.cache", "voice.cache"], targets.Select(span => span.Name));
        Assert.Equal(["azure", "openai"], targets.Select(span => span.Tags["voice.provider"]).Order());
        Assert.All(targets, target =>
        {
            var attempt = Assert.Single(Children(trace, target));
            Assert.Equal("voice.attempt", attempt.Name);
            Assert.Equal(target.Tags["voice.provider"] == "openai", attempt.Failed);
            var request = Assert.Single(Children(trace, attempt));
            Assert.Equal("System.Net.Http", request.Source);
        });
    }

    [Fact]
    public async Task Speak_WithACollector_TellsItNothingSaidNoKeyAndNoTenant()
    {
        await using var collector = new OtlpReceiver();
        await using var app = await ProviderApp.StartAsync(collector.Settings);

        using var response = await app.Client.SpeakAsync(new { text = Secret, voice = "default" });
        using var again = await app.Client.SpeakAsync(new { text = Secret, voice = "default" });

        Assert.Equal("hit", Assert.Single(again.Headers.GetValues("X-Voice-Cache")));
        await collector.UntilAsync(
            received => received.Metrics.Contains("voice.call.requests") && received.Metrics.Contains("voice.attempt.duration")
                && received.Spans.Count(span => span.Name == "voice.synthesis") == 2 && received.Logs.Count > 0 ? received : null,
            Cancelled);
        var everything = collector.Everything;
        Assert.DoesNotContain("raven", everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("PartitionKey", everything, StringComparison.Ordinal);
        foreach (var (name, value) in app.Servers.Settings.Where(setting => setting.Name.EndsWith("Key", StringComparison.Ordinal)))
        {
            Assert.False(everything.Contains(value!, StringComparison.Ordinal), name);
        }
    }

    [Fact]
    public async Task Speak_WithoutACollector_LoadsNothingOfOpenTelemetry()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();
        await using var app = await VoiceApp.StartAsync(storage);

        using var response = await app.Client.SpeakAsync(new { text = Secret });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var loaded = await File.ReadAllTextAsync($"/proc/{app.Process.Id}/maps", Cancelled);
        Assert.Contains("VoiceFunctions.dll", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("OpenTelemetry", loaded, StringComparison.Ordinal);
    }

    private static OtlpSpan[] Children(IEnumerable<OtlpSpan> trace, OtlpSpan parent) => [.. trace.Where(span => span.Parent == parent.Id)];

    /// <summary>The one trace with a call in it, when the request that it belongs to has ended too: that span is the last.</summary>
    private static List<OtlpSpan>? Complete(IReadOnlyList<OtlpSpan> spans)
    {
        var trace = spans.FirstOrDefault(span => span.Name == "voice.synthesis")?.Trace;
        var whole = spans.Where(span => span.Trace == trace).ToList();
        return whole.Exists(span => span.Source == "Microsoft.AspNetCore") ? whole : null;
    }
}
