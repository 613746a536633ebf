using System.Diagnostics;
using System.Runtime.Versioning;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Providers.Offline;

/// <summary>Engines that hang, callers that leave, queues that are full.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OfflineEngineLimitsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("offline-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetAudio_HangingEspeak_IsKilledWithItsChildrenAndReported()
    {
        var children = Path.Combine(_folder, "children");
        using var host = new OfflineHost(new() { ["Offline:EspeakPath"] = StandIn($"sleep 600 &\necho $! >{children}\necho $$ >>{children}\nwait"), ["Offline:SynthesisTimeout"] = "00:00:01" });
        var exception = await Assert.ThrowsAsync<ProviderException>(() => host.Speaker.GetAudioAsync("Привет", null, Token));
        Assert.Equal(ProviderFailureKind.Timeout, exception.Kind);
        foreach (var id in await File.ReadAllLinesAsync(children, Token)) await WaitForAsync(() => !IsRunning(int.Parse(id)));
    }

    [Fact]
    public async Task GetAudio_CallerLeaves_KillsEspeakAndFreesTheSlot()
    {
        var started = Path.Combine(_folder, "started");
        using var host = new OfflineHost(new() { ["Offline:EspeakPath"] = StandIn($"echo $$ >{started}.part; mv {started}.part {started}; exec sleep 600"), ["Offline:MaxConcurrentSyntheses"] = "1" });
        using var leaving = new CancellationTokenSource();
        var call = host.Speaker.GetAudioAsync("Привет", null, leaving.Token);
        await WaitForAsync(() => File.Exists(started));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.False(IsRunning(int.Parse(await File.ReadAllTextAsync(started, Token))));
        Assert.True((await host.SpeakAsync("Hello")).Duration > TimeSpan.Zero);
    }

    [Theory]
    [InlineData("exit 3", ProviderFailureKind.Unavailable)]
    [InlineData("exit 0", ProviderFailureKind.BadResult)]
    [InlineData("head -c 44 /dev/zero; exit 0", ProviderFailureKind.BadResult)]
    [InlineData("espeak-ng --stdout -v ru a | head -c 44; head -c 40000 /dev/zero", ProviderFailureKind.BadResult)]
    public async Task GetAudio_EspeakWithoutAudio_IsAFailure(string script, ProviderFailureKind kind)
    {
        using var host = new OfflineHost(new() { ["Offline:EspeakPath"] = StandIn(script) });
        Assert.Equal(kind, (await Assert.ThrowsAsync<ProviderException>(() => host.Speaker.GetAudioAsync("Привет", null, Token))).Kind);
    }

    [Fact]
    public async Task GetAudio_FliteTakesTooLong_IsInterrupted()
    {
        using var host = new OfflineHost(new() { ["Offline:SynthesisTimeout"] = "00:00:00.3" });
        var text = string.Concat(Enumerable.Repeat("1234567890 ", 370));
        var clock = Stopwatch.StartNew();
        Assert.Equal(ProviderFailureKind.Timeout, (await Assert.ThrowsAsync<ProviderException>(() => host.Speaker.GetAudioAsync(text, new() { Speed = 0.25f }, Token))).Kind);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public async Task GetAudio_Espeak_SeesNoneOfTheSettings()
    {
        var seen = Path.Combine(_folder, "environment");
        Environment.SetEnvironmentVariable("OfflineTests__Secret", "hush");
        using var host = new OfflineHost(new() { ["Offline:EspeakPath"] = StandIn($"env > {seen}; exec espeak-ng \"$@\"") });

        await host.SpeakAsync("один");

        var environment = await File.ReadAllTextAsync(seen, Token);
        Assert.Contains("PATH=", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", environment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAudio_FullQueue_IsRefusedAndTheWaitingIsServed()
    {
        var go = Path.Combine(_folder, "go");
        var started = Path.Combine(_folder, "started");
        var script = $"touch {started}; while [ ! -e {go} ]; do sleep 0.02; done; exec espeak-ng \"$@\"";
        using var host = new OfflineHost(new() { ["Offline:EspeakPath"] = StandIn(script), ["Offline:MaxConcurrentSyntheses"] = "1", ["Offline:QueueLimit"] = "1" });
        var first = host.Speaker.GetAudioAsync("один", null, Token);
        await WaitForAsync(() => File.Exists(started));
        var second = host.Speaker.GetAudioAsync("два", null, Token);
        var exception = await Assert.ThrowsAsync<ProviderException>(() => host.Speaker.GetAudioAsync("три", null, Token));
        Assert.Equal(ProviderFailureKind.Overloaded, exception.Kind);
        Assert.True(exception.RetryAfter > TimeSpan.Zero);
        await File.WriteAllTextAsync(go, "", Token);
        Assert.All(await Task.WhenAll(first, second), response => Assert.NotEqual(0, response.GetAudio().Length));
    }

    [Fact]
    public async Task GetText_FullQueue_IsRefused()
    {
        using var host = new OfflineHost(new() { ["Offline:MaxConcurrentRecognitions"] = "1", ["Offline:QueueLimit"] = "0" });
        await using var endless = new BlockingStream();
        using var leaving = new CancellationTokenSource();
        var first = host.Listener.GetTextAsync(endless, null, leaving.Token);
        await endless.Reading;
        using var audio = new MemoryStream();
        var exception = await Assert.ThrowsAsync<ProviderException>(() => host.Listener.GetTextAsync(audio, null, Token));
        Assert.Equal(ProviderFailureKind.Overloaded, exception.Kind);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal("Go forward ten meters.", (await host.ListenAsync(Recordings.Read("goforward.raw"))).Text);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Lists the voices of the real program, so that it is taken for it.
    private string StandIn(string script)
    {
        var path = Path.Combine(_folder, "espeak-ng");
        File.WriteAllText(path, $"#!/bin/sh\nif [ \"$1\" = --voices ]; then exec espeak-ng --voices; fi\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    // A zombie has ended: whoever started it only has not asked for its exit code yet.
    private static bool IsRunning(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].TrimStart()[0] is not ('Z' or 'X');
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return false;
        }
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(10, Token);
    }
}
