using System.Net;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Security;

/// <summary>Whatever is done with a key, and wherever its holder puts it, no log line of any level and no answer has it, nor what was to be said.</summary>
public sealed class KeySecrecyTests
{
    private const string Spoken = "quokkabandicoot";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_AtTraceLevel_LeaveNothingOfThemInLogsAndAnswers()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();
        var (good, revoked) = (await storage.CreateKeyAsync("web"), await storage.CreateKeyAsync("old"));
        await storage.RevokeKeyAsync(revoked);
        await using var app = await VoiceApp.StartAsync(
            storage, ("Security__AllowAnonymous", "false"), ("Logging__LogLevel__Default", "Trace"), ("Logging__Console__LogLevel__Default", "Trace"),
            ("Logging__Console__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"), ("Logging__Console__LogLevel__Azure", "Trace"),
            ("Logging__Console__FormatterOptions__IncludeScopes", "true"));
        string[] secrets = [good[^43..], revoked[^43..], Spoken];

        var answers = new List<string>();
        foreach (var key in new[] { good, revoked, good.WithOtherSecret(), good[..^1] })
        {
            using var spoken = await app.Client.SpeakWithKeyAsync(key, new { text = $"The {Spoken} speaks.", format = "wav", voice = "offline:slt" });
            using var refused = await app.Client.SpeakWithKeyAsync(key, new { text = $"The {Spoken} speaks.", pitch = 7 });
            using var heard = await app.Client.SendWithKeyAsync(HttpMethod.Post, $"/api/stt?prompt={Spoken}&code={key}", key, new ByteArrayContent(WavFile.Silence(1)));
            using var usage = await app.Client.GetWithKeyAsync($"/api/usage?key={key}", key);
            using var lost = await app.Client.GetWithKeyAsync($"/api/nowhere?{key}={Spoken}", key);
            foreach (var response in new[] { spoken, refused, heard, usage, lost }.Where(response => response.StatusCode != HttpStatusCode.OK))
            {
                answers.Add($"{response.Headers} {await response.Content.ReadAsStringAsync(Cancelled)}");
            }
        }

        // Where a key does not belong, and what is no HTTP.
        foreach (var request in new[]
        {
            $"GET /api/voices HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Basic {good}\r\n\r\n",
            $"GET /api/voices HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Request-Id: {good}!\r\n\r\n",
            $"GET /api/voices HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {good}\r\nx-functions-key: {revoked}\r\n\r\n",
            $"GET /api/voices HTTP/1.1\r\nHost: {good}\r\nConnection: close\r\n\r\n",
            $"GET /api/voices HTTP/1.1\r\nHost: localhost\r\nAuthorization {good}\r\n\r\n",
            $"{good} {Spoken}\r\n\r\n",
        })
        {
            answers.Add(await RawHttp.AskAsync(app.Client, request));
        }

        Assert.Equal(0, await app.Process.TerminateAsync());
        Assert.True(answers.Count > 20, $"{answers.Count} refusals");
        // The level that was set is in effect.
        Assert.Contains(app.Process.Log, line => line.StartsWith("dbug: Function.SynthesizeSpeech", StringComparison.Ordinal));
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(answers, answer => answer.Contains(secret, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(app.Process.Log, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }
}
