using System.Net;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>What a provider refuses as wrong is the request's fault: not asked again, not held against the provider.</summary>
[Collection<PlainCollection>]
public sealed class BadRequestTests(PlainApp app)
{
    private const string Text = "Something that the provider does not like.";

    [Fact]
    public async Task Call_ProviderAnswers400_IsNotRetriedAndOpensNoCircuit()
    {
        await using var nervous = await ProviderApp.StartAsync(("Resilience__MinimumThroughput", "2"), ("Resilience__BreakDuration", "01:00:00"));
        var recording = await PlainApp.RecordingAsync();
        foreach (var provider in ProviderServers.Names)
        {
            var server = nervous.Servers[provider];
            server.FaultFor = _ => Fault.Status(400);
            for (var calls = 1; calls <= 5; calls++)
            {
                using var spoken = await nervous.Client.SpeakPinnedAsync(Text, provider);
                using var heard = await nervous.Client.HearPinnedAsync(recording, provider);
                foreach (var response in new[] { spoken, heard })
                {
                    var problem = await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
                    Assert.Equal($"{provider}=invalid_request", problem.Attempts());
                    Assert.Null(response.Headers.RetryAfter);
                }

                Assert.Equal(2 * calls, server.Count);
            }

            server.FaultFor = null;
            using var later = await nervous.Client.SpeakPinnedAsync(Text, provider);
            using var laterHeard = await nervous.Client.HearPinnedAsync(recording, provider);
            Assert.Equal($"{provider}=ok", later.Headers.Attempts());
            Assert.Equal($"{provider}=ok", (await laterHeard.ReadJsonAsync()).Attempts());
        }
    }

    [Fact]
    public async Task Call_NextProviderCanDoMore_IsSentOn()
    {
        var before = app.Servers.Counts;
        using var azure = app.Break("azure", () => Fault.Status(400));
        using var google = app.Break("google", () => Fault.Status(400));
        var mp3 = await Converter.ConvertAsync(await PlainApp.RecordingAsync(), "mp3", "-b:a", "64k");

        // OpenAI takes directions, and MP3 as it is.
        using var spoken = await app.Client.SpeakAsync(
            new { text = Text, instructions = "Whisper.", providers = new[] { "azure", "openai" }, format = "wav", cache = "bypass" });
        using var heard = await app.Client.TranscribeAsync(mp3, "?language=en&cache=bypass&providers=google,openai", "audio/mpeg");

        Assert.Equal("azure=invalid_request,openai=ok", spoken.Headers.Attempts());
        Assert.Equal("google=invalid_request,openai=ok", (await heard.ReadJsonAsync()).Attempts());
        Assert.Equal(1, app.Servers.Counts["azure"] - before["azure"]);
        Assert.Equal(1, app.Servers.Counts["google"] - before["google"]);
    }

    [Fact]
    public async Task Speak_NextProviderCanDoNoMore_IsNotSentOn()
    {
        var before = app.Servers.Counts;
        using var azure = app.Break("azure", () => Fault.Status(400));

        using var response = await app.Client.SpeakByAsync(Text, "azure", "google", "yandex");

        var problem = await response.ExpectProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal("azure=invalid_request", problem.Attempts());
        Assert.Equal(1, app.Servers.Counts.Sum(server => server.Value - before[server.Key]));
    }

    /// <summary>Google answers 400 to a key that is not valid, which is no fault of the request.</summary>
    [Fact]
    public async Task Speak_GoogleKeyIsInvalid_IsTheProvidersFailure()
    {
        using var google = app.Break("google", () => Fault.Body(_ => LoopbackReply.Json(
            """{"error":{"code":400,"details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}}""", status: 400)));

        using var response = await app.Client.SpeakByAsync(Text, "google", "azure");

        Assert.Equal("google=unauthorized,azure=ok", response.Headers.Attempts());
    }
}
