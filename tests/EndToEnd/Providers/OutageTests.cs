using System.Net;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>The network is gone: the offline engines serve, and where they are missing the caller learns all that was tried.</summary>
public sealed class OutageTests
{
    private const string Text = "The lights are out, and we can still talk.";

    private static readonly (string Name, string? Value)[] NoOffline = [("Offline__ModelsPath", "/nonexistent"), ("Offline__EspeakPath", "/nonexistent")];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_EveryRemoteProviderDown_IsServedOffline()
    {
        using var port = new ClosedPort();
        await using var app = await ProviderApp.StartAsync(Closed(port));
        app.Servers.Google.FaultFor = _ => Fault.Status(500);

        using var spoken = await app.Client.SpeakAsync(new { text = Text, format = "mp3", cache = "bypass" });
        using var heard = await app.Client.TranscribeAsync(await PlainApp.RecordingAsync(), "?language=en&cache=bypass");

        Assert.Equal(HttpStatusCode.OK, spoken.StatusCode);
        Assert.Equal($"{AllDown()},offline=ok", spoken.Headers.Attempts());
        var (seconds, peak) = await Converter.PlayAsync(await spoken.Content.ReadAsByteArrayAsync(Cancelled));
        Assert.InRange(seconds, 1, 6);
        Assert.InRange(peak, 0.05, 1);
        var body = await heard.ReadJsonAsync();
        Assert.Equal($"{AllDown()},offline=ok", body.Attempts());
        Assert.Contains("rather selfish", (string?)body["text"], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Call_EverythingDown_TellsEveryAttempt()
    {
        using var port = new ClosedPort();
        await using var app = await ProviderApp.StartAsync([.. Closed(port), .. NoOffline]);
        app.Servers.Google.FaultFor = _ => Fault.Status(500);

        using var spoken = await app.Client.SpeakAsync(new { text = Text, format = "mp3", cache = "bypass" });
        using var heard = await app.Client.TranscribeAsync(await PlainApp.RecordingAsync(), "?language=en&cache=bypass");

        foreach (var response in new[] { spoken, heard })
        {
            var problem = await response.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, "providers_unavailable");
            Assert.Equal(AllDown(), problem.Attempts());
            Assert.All(problem["attempts"]!.AsArray(), attempt => Assert.False(string.IsNullOrWhiteSpace((string?)attempt!["detail"])));
            response.ExpectRetryAfter(problem);
        }
    }

    [Fact]
    public async Task Call_NothingConfigured_ListsWhyAndTriesNobody()
    {
        await using var app = await ProviderApp.StartAsync(
            [("OpenAI__ApiKey", null), ("AzureSpeech__Key", null), ("Google__ApiKey", null), ("Yandex__ApiKey", null), .. NoOffline]);
        string[] all = [.. ProviderServers.Names, "offline"];

        using var list = await app.Client.GetAsync(new Uri("/api/providers", UriKind.Relative), Cancelled);
        var providers = (await list.ReadJsonAsync())["providers"]!.AsArray();
        Assert.Equal(all.Order(StringComparer.Ordinal), providers.Select(provider => (string)provider!["name"]!).Order(StringComparer.Ordinal));
        Assert.All(providers, provider => Assert.False((bool)provider!["configured"]!));
        Assert.All(providers, provider => Assert.False(string.IsNullOrWhiteSpace((string?)provider!["reason"])));

        using var spoken = await app.Client.SpeakAsync(new { text = Text });
        using var heard = await app.Client.TranscribeAsync(await PlainApp.RecordingAsync());
        foreach (var response in new[] { spoken, heard })
        {
            var problem = await response.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, "providers_unavailable");
            Assert.Empty(problem["attempts"]!.AsArray());
            response.ExpectRetryAfter(problem);
        }

        foreach (var provider in all)
        {
            using var pinned = await app.Client.SpeakPinnedAsync(Text, provider);
            using var pinnedHeard = await app.Client.HearPinnedAsync(await PlainApp.RecordingAsync(), provider);
            foreach (var response in new[] { pinned, pinnedHeard })
            {
                var problem = await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
                Assert.Contains("not configured", (string?)problem["errors"]!["provider"]![0], StringComparison.Ordinal);
            }
        }

        Assert.All(app.Servers.Counts, server => Assert.Equal(0, server.Value));
    }

    /// <summary>Three of the providers refuse connections; the fourth answers, and only with errors.</summary>
    private static (string Name, string? Value)[] Closed(ClosedPort port) =>
    [
        ("OpenAI__Endpoint", new Uri(port.Endpoint, "v1").AbsoluteUri), ("AzureSpeech__Endpoint", port.Endpoint.AbsoluteUri),
        ("Yandex__SynthesisEndpoint", port.Endpoint.AbsoluteUri), ("Yandex__RecognitionEndpoint", port.Endpoint.AbsoluteUri),
    ];

    private static string AllDown() => string.Join(',', ProviderServers.Names.Select(name => ProviderCalls.Times(name, "unavailable", 3)));
}
