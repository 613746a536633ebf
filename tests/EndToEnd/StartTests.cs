using System.Net;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd;

/// <summary>The app from its start to its end, each test with a process of its own.</summary>
public sealed class StartTests
{
    private const long StartMemory = 120 * 1024 * 1024;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_NothingAsked_LoadsNoEngineAndStaysSmall()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();
        await using var app = await VoiceApp.StartAsync(storage);
        using var alive = await app.Client.GetAsync(new Uri("/api/health", UriKind.Relative), Cancelled);

        var memory = app.Process.ResidentMemory;
        Measurement.Note($"Resident memory after the start: {memory / (1024 * 1024)} MB.");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.True(memory < StartMemory, $"{memory} bytes are resident.");
        var libraries = await File.ReadAllTextAsync($"/proc/{app.Process.Id}/maps", Cancelled);
        Assert.DoesNotContain("onnxruntime", libraries, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("libwasmtime", libraries, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Stop_WhileServing_FinishesTheRequestAndExitsWithZero()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();
        await using var app = await VoiceApp.StartAsync(storage);
        using var body = new PausedContent("{\"text\":\"Still here.\",\"format\":\"wav\"}");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tts") { Content = body };
        // Then the body starts when the app reads it, so that the call is in flight for certain.
        request.Headers.ExpectContinue = true;
        var speaking = app.Client.SendAsync(request, Cancelled);
        await body.Started;

        var stopping = app.Process.TerminateAsync();
        body.Resume();
        using var response = await speaking;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync(Cancelled));
        Assert.Equal(0, await stopping);
    }

    [Fact]
    public async Task Call_WithoutKeyWhereNoneIsExempt_IsUnauthorizedButForHealth()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();
        await using var app = await VoiceApp.StartAsync(storage, ("Security__AllowAnonymous", "false"));

        using var health = await app.Client.GetAsync(new Uri("/api/health", UriKind.Relative), Cancelled);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        foreach (var route in new[] { "/api/voices", "/api/health/ready", "/api/unknown", "/api/tts" })
        {
            using var response = await app.Client.GetAsync(new Uri(route, UriKind.Relative), Cancelled);
            await response.ExpectProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        }
    }

    [Fact]
    public async Task Ready_StorageComesAndGoes_TellsTheTruth()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();
        await using var app = await VoiceApp.StartAsync(storage);

        using var ready = await app.Client.GetAsync(new Uri("/api/health/ready", UriKind.Relative), Cancelled);
        var answer = await ready.ReadJsonAsync();
        Assert.True(ready.StatusCode == HttpStatusCode.OK, answer.ToJsonString());
        Assert.True((bool)answer["storage"]!["ready"]!);
        Assert.Contains(answer["providers"]!.AsArray(), provider => (string?)provider!["name"] == "offline" && (bool)provider["ready"]!);

        await storage.StopAsync();
        using var unready = await app.Client.GetAsync(new Uri("/api/health/ready", UriKind.Relative), Cancelled);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unready.StatusCode);
        Assert.False((bool)(await unready.ReadJsonAsync())["storage"]!["ready"]!);

        // Speech needs no storage.
        Assert.NotEmpty(await app.Client.SpeakWavAsync("Hello."));
    }
}
