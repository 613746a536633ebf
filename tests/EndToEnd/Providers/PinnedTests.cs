using System.Net;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>A request pinned to one provider is served by that one or by nobody.</summary>
[Collection<PlainCollection>]
public sealed class PinnedTests(PlainApp app)
{
    private const string Text = "Nobody else may say this.";

    [Theory]
    [InlineData("openai")]
    [InlineData("azure")]
    [InlineData("google")]
    [InlineData("yandex")]
    public async Task Call_PinnedToHealthyProvider_ReachesNoOther(string provider)
    {
        var before = app.Servers.Counts;

        using var spoken = await app.Client.SpeakPinnedAsync(Text, provider);
        using var heard = await app.Client.HearPinnedAsync(await PlainApp.RecordingAsync(), provider);

        Assert.Equal(HttpStatusCode.OK, spoken.StatusCode);
        Assert.Equal($"{provider}=ok", spoken.Headers.Attempts());
        Assert.Equal($"{provider}=ok", (await heard.ReadJsonAsync()).Attempts());
        ExpectCalls(before, provider, count: 2);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("azure")]
    [InlineData("google")]
    [InlineData("yandex")]
    public async Task Call_PinnedProviderFails_FailsWithoutAnother(string provider)
    {
        var before = app.Servers.Counts;
        using var broken = app.Break(provider, () => Fault.Status(503));

        using var spoken = await app.Client.SpeakPinnedAsync(Text, provider);
        using var heard = await app.Client.HearPinnedAsync(await PlainApp.RecordingAsync(), provider);

        foreach (var response in new[] { spoken, heard })
        {
            var problem = await response.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, "providers_unavailable");
            Assert.Equal(ProviderCalls.Times(provider, "unavailable", 3), problem.Attempts());
            Assert.All(problem["attempts"]!.AsArray(), attempt => Assert.Equal("HTTP 503.", (string?)attempt!["detail"]));
            response.ExpectRetryAfter(problem);
        }

        ExpectCalls(before, provider, count: 6);
    }

    [Fact]
    public async Task Speak_VoiceOfOneProvider_PinsIt()
    {
        var before = app.Servers.Counts;
        using var broken = app.Break("azure", Fault.Unauthorized);

        using var response = await app.Client.SpeakAsync(new { text = Text, voice = "azure:en-US-JennyNeural", cache = "bypass" });

        var problem = await response.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, "providers_unavailable");
        Assert.Equal("azure=unauthorized", problem.Attempts());
        response.ExpectRetryAfter(problem);
        ExpectCalls(before, "azure", count: 1);
    }

    [Fact]
    public async Task Call_PinnedToGoogleWithoutLanguage_SaysThatItIsNeeded()
    {
        var before = app.Servers.Counts;

        using var response = await app.Client.TranscribeAsync(await PlainApp.RecordingAsync(), "?provider=google&cache=bypass");

        var problem = await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.NotNull(problem["errors"]!["language"]);
        Assert.Equal(before, app.Servers.Counts);
    }

    private void ExpectCalls(IReadOnlyDictionary<string, int> before, string provider, int count) => Assert.All(
        app.Servers.Counts, server => Assert.Equal(server.Key == provider ? count : 0, server.Value - before[server.Key]));
}
