using System.Text.Json.Nodes;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>
/// One app whose circuits stay closed whatever fails, with every provider's faults chosen by the request: by a word of the text, and by the length of the
/// recording, which reach every provider unchanged.
/// </summary>
public sealed class MatrixApp : IAsyncLifetime
{
    /// <summary>Each case adds ten milliseconds of silence at 16 kHz.</summary>
    private const int StepBytes = 320;

    private const int WavHeader = 44;
    private const int WarmUps = 10;

    private static readonly Recording Speech = Recording.All.Single(recording => recording.Transcript == "experience proves this");

    /// <summary>Bytes of its samples without any case's silence.</summary>
    private static readonly int SpeechBytes = (int)new FileInfo(Speech.Path).Length - WavHeader;

    private ProviderApp? _app;
    private byte[] _speech = [];

    internal HttpClient Client => _app!.Client;

    internal ProviderServers Servers => _app!.Servers;

    internal byte[] RecordingOf(int number) => WavFile.Wrap([.. _speech, .. new byte[number * StepBytes]], 16_000);

    /// <summary>Requests of one case that came in at one provider.</summary>
    internal int CountOf(string provider, bool synthesis, int number) =>
        Servers[provider].Requests.Count(request => IsSynthesis(request) == synthesis && NumberOf(request) == number);

    public async ValueTask InitializeAsync()
    {
        _speech = (await Speech.ReadWavAsync())[WavHeader..];
        _app = await ProviderApp.StartAsync(("Resilience__AttemptTimeout", "00:00:08"), ("Resilience__MinimumThroughput", "10000"));
        foreach (var provider in ProviderServers.Names)
        {
            Servers[provider].FaultFor = request => FaultFor(provider, request);
        }

        await WarmUpAsync(() => Client.SpeakByAsync("The engines are loaded now.", "offline"));
        await WarmUpAsync(() => Client.HearByAsync(RecordingOf(0), "offline"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    /// <summary>The first use of an engine loads it, which may take longer than the short time-out of this app allows.</summary>
    private static async Task WarmUpAsync(Func<Task<HttpResponseMessage>> call)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            using var response = await call();
            if (response.IsSuccessStatusCode)
            {
                return;
            }
        }

        Assert.Fail("The offline engines do not answer.");
    }

    private static Fault? FaultFor(string provider, LoopbackRequest request)
    {
        var cases = IsSynthesis(request) ? MatrixCase.Synthesis : MatrixCase.Recognition;
        // The number after the last is that of a provider in good health.
        return NumberOf(request) is var number && number >= 0 && number < cases.Count ? cases[number].Make(provider) : null;
    }

    private static bool IsSynthesis(LoopbackRequest request) =>
        request.Path is "/v1/audio/speech" or "/tts/cognitiveservices/v1" or "/v1/text:synthesize" or "/speech/v1/tts:synthesize";

    private static int NumberOf(LoopbackRequest request) => IsSynthesis(request)
        ? MatrixCase.NumberOf(request.Text)
        : (AudioBytes(request) - SpeechBytes) / StepBytes;

    private static int AudioBytes(LoopbackRequest request) => request switch
    {
        { Parts: [_, ..] } => (request.Part("file") ?? request.Part("audio"))!.Content.Length - WavHeader,
        { Path: "/v1/speech:recognize" } => Convert.FromBase64String((string)JsonNode.Parse(request.Body)!["audio"]!["content"]!).Length - WavHeader,
        // Bare samples.
        _ => request.Body.Length,
    };
}
