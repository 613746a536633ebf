using System.Net;
using System.Net.Sockets;
using System.Text;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>Whatever succeeds and whatever fails, no log line of any level and no error holds a key, what was to be said, or what was heard.</summary>
public sealed class SecrecyTests
{
    /// <summary>Words that nothing but the requests and answers of these tests has in it, of letters that no encoding of a URL, JSON or XML changes.</summary>
    private const string Spoken = "quaggazanzibar";
    private const string Instructions = "pangolinmurmur";
    private const string Prompt = "axolotlprompt";
    private const string Heard = "numbattranscript";

    private static readonly string Text = $"The {Spoken} crossed the river at dawn.";

    private static readonly Func<Fault?>[] Faults =
    [
        () => null, () => Fault.Status(400), Fault.Unauthorized, () => Fault.RateLimited(3600), () => Fault.Status(500), Fault.Hang, () => Fault.ResetInBody(),
        Fault.EmptyBody, Fault.MalformedJson, Fault.SilentAudio, Fault.WrongFormatAudio, () => Fault.Body(_ => LoopbackReply.Json($"[\"{Heard}\"]")),
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_AtTraceLevel_LeaveNoSecretsInLogsAndErrors()
    {
        await using var app = await ProviderApp.StartAsync(
            ("Logging__LogLevel__Default", "Trace"), ("Logging__Console__LogLevel__Default", "Trace"),
            ("Logging__Console__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"),
            ("Logging__Console__FormatterOptions__IncludeScopes", "true"), ("Resilience__AttemptTimeout", "00:00:01"),
            ("Resilience__TimeoutPerAudioSecond", "0"), ("Resilience__MinimumThroughput", "10000"));
        var (openAI, azure, google, yandex) = (app.Servers.OpenAI, app.Servers.Azure, app.Servers.Google, app.Servers.Yandex);
        openAI.Transcript = Heard;
        azure.Transcription = $$"""{"durationMilliseconds":2000,"combinedPhrases":[{"text":"{{Heard}}"}],"phrases":[]}""";
        google.Recognition = $$"""{"results":[{"alternatives":[{"transcript":"{{Heard}}","confidence":0.9}]}]}""";
        yandex.Recognition = Heard;
        string[] secrets = [openAI.ApiKey, azure.Key, LoopbackGoogle.ApiKey, LoopbackYandex.ApiKey, Spoken, Instructions, Prompt, Heard];

        var errors = new List<string>();
        foreach (var make in Faults)
        {
            foreach (var provider in ProviderServers.Names)
            {
                app.Servers[provider].FaultFor = _ => make();
            }

            var calls = ProviderServers.Names.Select(provider => CallAsync(app.Client, provider));
            errors.AddRange((await Task.WhenAll(calls)).SelectMany(bodies => bodies));
        }

        errors.AddRange(await RefuseAsync(app.Client));
        // These tell of the last failures.
        errors.Add(await app.Client.GetStringAsync(new Uri("/api/providers", UriKind.Relative), Cancelled));
        using var ready = await app.Client.GetAsync(new Uri("/api/health/ready", UriKind.Relative), Cancelled);
        errors.Add(await ready.Content.ReadAsStringAsync(Cancelled));
        // What is not HTTP: an address that nobody escaped, and a header that breaks off.
        errors.Add(await SendRawAsync(app.Client.BaseAddress!, $"POST /api/stt?prompt={Prompt} and more HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
        errors.Add(await SendRawAsync(app.Client.BaseAddress!, $"POST /api/tts HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization {openAI.ApiKey}\r\n\r\n"));

        Assert.Equal(0, await app.Process.TerminateAsync());
        Assert.True(errors.Count > 60, $"{errors.Count} errors");
        Assert.All(errors.TakeLast(2), answer => Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal));
        // The level that was set is in effect.
        Assert.Contains(app.Process.Log, line => line.StartsWith("dbug: Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal));
        Assert.Contains(app.Process.Log, line => line.StartsWith("dbug: Function.TranscribeSpeech", StringComparison.Ordinal));
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(errors, error => error.Contains(secret, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(app.Process.Log, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>Speaks and listens, pinned and not; answers the bodies of what failed.</summary>
    private static async Task<IReadOnlyList<string>> CallAsync(HttpClient client, string provider)
    {
        var recording = await PlainApp.RecordingAsync();
        var body = new { text = Text, instructions = Instructions, provider, format = "wav", cache = "bypass" };
        var responses = await Task.WhenAll(
            client.SpeakAsync(body),
            client.SpeakAsync(new { text = $"<speak>{Text}</wrong>", ssml = true, provider, cache = "bypass" }),
            client.SpeakByAsync(Text, provider, "offline"),
            client.TranscribeAsync(recording, $"?language=en&cache=bypass&prompt={Prompt}&provider={provider}"),
            client.TranscribeAsync(recording, $"?language=en&cache=bypass&format=srt&prompt={Prompt}&provider={provider}"));
        try
        {
            return await ErrorsAsync(responses);
        }
        finally
        {
            Array.ForEach(responses, response => response.Dispose());
        }
    }

    /// <summary>Requests that the app itself refuses.</summary>
    private static async Task<IReadOnlyList<string>> RefuseAsync(HttpClient client)
    {
        using var cut = new StringContent($"{{\"text\": \"{Text}", Encoding.UTF8, "application/json");
        using var malformed = await client.PostAsync(new Uri("/api/tts", UriKind.Relative), cut, Cancelled);
        using var wrongType = await client.SpeakAsync(new { text = new[] { Text } });
        using var unknown = await client.SpeakAsync(new { text = Text, pitch = 1 });
        using var tooLong = await client.SpeakAsync(new { text = string.Concat(Enumerable.Repeat(Text, 200)) });
        using var noAudio = await client.TranscribeAsync(Encoding.UTF8.GetBytes(Text), $"?prompt={Prompt}");
        using var longPrompt = await client.TranscribeAsync(await PlainApp.RecordingAsync(), $"?prompt={string.Concat(Enumerable.Repeat(Prompt, 400))}");
        using var noLanguage = await client.TranscribeAsync(await PlainApp.RecordingAsync(), $"?language=tlh&prompt={Prompt}");
        using var noRoute = await client.GetAsync(new Uri($"/api/nowhere?prompt={Prompt}", UriKind.Relative), Cancelled);
        return await ErrorsAsync(malformed, wrongType, unknown, tooLong, noAudio, longPrompt, noLanguage, noRoute);
    }

    private static async Task<string> SendRawAsync(Uri app, string request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(app.Host, app.Port, Cancelled);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancelled);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync(Cancelled);
    }

    private static async Task<IReadOnlyList<string>> ErrorsAsync(params HttpResponseMessage[] responses)
    {
        var errors = new List<string>();
        foreach (var response in responses.Where(response => response.StatusCode != HttpStatusCode.OK))
        {
            errors.Add($"{response.Headers} {await response.Content.ReadAsStringAsync(Cancelled)}");
        }

        return errors;
    }
}
