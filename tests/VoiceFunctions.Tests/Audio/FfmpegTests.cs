using VoiceFunctions.Audio;
using VoiceFunctions.Tests.Caching;

namespace VoiceFunctions.Tests.Audio;

public sealed class FfmpegTests(AudioLab lab) : IClassFixture<AudioLab>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Probe_RealFfmpeg_CanDoEverything()
    {
        Assert.True(lab.Capabilities.CanDecodeCompressed);
        Assert.Equal(Enum.GetValues<AudioFormat>().ToHashSet(), lab.Capabilities.OutputFormats);
    }

    [Fact]
    public void Capabilities_BeforeTheProbe_AreWhatNeedsNoFfmpeg()
    {
        var capabilities = new AudioCapabilities();

        Assert.False(capabilities.CanDecodeCompressed);
        Assert.Equal([AudioFormat.Wav, AudioFormat.Pcm], capabilities.OutputFormats.Order());
    }

    [Theory]
    [InlineData("/nonexistent/ffmpeg")]
    [InlineData("/bin/false")]
    public async Task Probe_NoFfmpeg_LeavesWav(string path)
    {
        await using var bare = await AudioLab.StartAsync(("FfmpegPath", path));
        var mp3 = await Mp3Async();

        Assert.False(bare.Capabilities.CanDecodeCompressed);
        Assert.Equal([AudioFormat.Wav, AudioFormat.Pcm], bare.Capabilities.OutputFormats.Order());
        var decoding = await Assert.ThrowsAsync<AudioException>(() => bare.Inspector.InspectAsync(new MemoryStream(mp3), long.MaxValue, Token));
        Assert.Equal(AudioFailure.UnsupportedFormat, decoding.Failure);
        var encoding = await Assert.ThrowsAsync<AudioException>(() => bare.Encoder.EncodeAsync(Sounds.Chirp(1, 16000), AudioFormat.Mp3, null, Token));
        Assert.Equal(AudioFailure.UnsupportedFormat, encoding.Failure);
        await using var wav = await bare.Inspector.InspectAsync(new MemoryStream(Wav.Write(Sounds.Chirp(1, 16000))), long.MaxValue, Token);
        Assert.Equal(1, wav.Duration.TotalSeconds);
    }

    [Fact]
    public async Task Probe_FileWithoutExecuteBit_RunsFromACopy()
    {
        var script = await lab.ScriptAsync("echo ' ------'\necho ' A....D flac    FLAC'", mode: 400);

        await using var mounted = await AudioLab.StartAsync(("FfmpegPath", script));

        Assert.Contains(AudioFormat.Flac, mounted.Capabilities.OutputFormats);
        Assert.Contains(mounted.TempFiles(), file => file.EndsWith(Path.GetFileName(script), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_ManyAtOnce_TakeTurns(bool uploads)
    {
        var held = Path.Combine(lab.Folder, $"held-{uploads}");
        var overlap = Path.Combine(lab.Folder, $"overlap-{uploads}");
        var script = await lab.ScriptAsync(
            $"case \"$*\" in *coders*) exec ffmpeg \"$@\";; esac\nmkdir {held} || touch {overlap}\nffmpeg \"$@\"\nresult=$?\nrmdir {held}\nexit $result");
        await using var narrow = await AudioLab.StartAsync(("FfmpegPath", script), ("FfmpegProcesses", "1"));
        var mp3 = await Mp3Async();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => uploads ? InspectAsync() : EncodeAsync()));

        Assert.False(File.Exists(overlap));

        async Task InspectAsync()
        {
            await using var audio = await narrow.Inspector.InspectAsync(new MemoryStream(mp3), long.MaxValue, Token);
        }

        Task EncodeAsync() => narrow.Encoder.EncodeAsync(Sounds.Chirp(0.2, 16_000), AudioFormat.Mp3, null, Token);
    }

    [Fact]
    public async Task RunAsync_UploadsTakeAllPlaces_ResultsHaveTheirOwnAndUploadsGiveUp()
    {
        await using var hanging = await HangingFfmpeg.CreateAsync(settings: ("FfmpegProcesses", "1"));
        var mp3 = await Mp3Async();
        var first = hanging.Lab.Inspector.InspectAsync(new MemoryStream(mp3), long.MaxValue, Token);
        await hanging.AppearsAsync(Token);
        var second = hanging.Lab.Inspector.InspectAsync(new MemoryStream(mp3), long.MaxValue, Token);

        using var place = await hanging.Lab.Get<FfmpegPlaces>().EnterAsync(Token);
        await Eventually.TrueAsync(
            () =>
            {
                hanging.Time.Advance(TimeSpan.FromSeconds(1));
                return second.IsCompleted;
            },
            "the second gives up");

        await Assert.ThrowsAsync<FfmpegException>(() => second);
        hanging.Time.Advance(TimeSpan.FromMinutes(5));
        await Assert.ThrowsAsync<AudioException>(() => first);
        await hanging.DiesAsync(Token);
    }

    [Fact]
    public async Task Probe_HangingFfmpeg_EndsWithinItsBound()
    {
        await using var hanging = await HangingFfmpeg.CreateAsync(answersProbe: false);

        var starting = hanging.Lab.InitializeAsync().AsTask();
        await hanging.AppearsAsync(Token);
        hanging.Time.Advance(new AudioOptions().ProbeTimeout);
        await starting;

        Assert.False(hanging.Lab.Capabilities.CanDecodeCompressed);
        await hanging.DiesAsync(Token);
    }

    [Fact]
    public async Task Probe_FewerEncoders_FewerFormats()
    {
        var script = await lab.ScriptAsync("echo ' ------'\necho ' A....D flac    FLAC'\necho ' A....D libmp3lame   MP3'");

        await using var bare = await AudioLab.StartAsync(("FfmpegPath", script));

        Assert.False(bare.Capabilities.CanDecodeCompressed);
        Assert.Equal([AudioFormat.Mp3, AudioFormat.Wav, AudioFormat.Flac, AudioFormat.Pcm], bare.Capabilities.OutputFormats.Order());
    }

    [Fact]
    public async Task InspectAsync_HangingFfmpeg_IsKilledWithItsChildren()
    {
        await using var hanging = await HangingFfmpeg.CreateAsync();

        var inspecting = hanging.Lab.Inspector.InspectAsync(new MemoryStream(await Mp3Async()), long.MaxValue, Token);
        await hanging.AppearsAsync(Token);
        hanging.Time.Advance(new AudioOptions().DecodeTimeout);

        var exception = await Assert.ThrowsAsync<AudioException>(() => inspecting);
        Assert.Equal(AudioFailure.Undecodable, exception.Failure);
        await hanging.DiesAsync(Token);
        Assert.Empty(hanging.Lab.TempFiles());
    }

    [Fact]
    public async Task EncodeAsync_HangingFfmpeg_IsKilledWithItsChildren()
    {
        await using var hanging = await HangingFfmpeg.CreateAsync();

        var encoding = hanging.Lab.Encoder.EncodeAsync(Sounds.Chirp(1, 16000), AudioFormat.Mp3, null, Token);
        await hanging.AppearsAsync(Token);
        hanging.Time.Advance(new AudioOptions().EncodeTimeout);

        await Assert.ThrowsAsync<FfmpegException>(() => encoding);
        await hanging.DiesAsync(Token);
        Assert.Empty(hanging.Lab.TempFiles());
    }

    [Fact]
    public async Task InspectAsync_ClientCancels_KillsTheChildAndLeavesNothing()
    {
        await using var hanging = await HangingFfmpeg.CreateAsync();
        using var client = new CancellationTokenSource();

        var inspecting = hanging.Lab.Inspector.InspectAsync(new MemoryStream(await Mp3Async()), long.MaxValue, client.Token);
        await hanging.AppearsAsync(Token);
        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inspecting);
        await hanging.DiesAsync(Token);
        Assert.Empty(hanging.Lab.TempFiles());
    }

    [Fact]
    public async Task EncodeAsync_ClientCancels_KillsTheChildAndLeavesNothing()
    {
        await using var hanging = await HangingFfmpeg.CreateAsync();
        using var client = new CancellationTokenSource();

        var encoding = hanging.Lab.Encoder.EncodeAsync(Sounds.Chirp(1, 16000), AudioFormat.Opus, null, client.Token);
        await hanging.AppearsAsync(Token);
        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => encoding);
        await hanging.DiesAsync(Token);
        Assert.Empty(hanging.Lab.TempFiles());
    }

    [Fact]
    public async Task EncodeAsync_FfmpegFails_IsNeverAnEmptyResult()
    {
        foreach (var ending in (string[])["exit 1", "exit 0"])
        {
            var script = await lab.ScriptAsync($"case \"$*\" in *coders*) exec ffmpeg \"$@\";; esac\ncat > /dev/null\n{ending}");
            await using var failing = await AudioLab.StartAsync(("FfmpegPath", script));

            await Assert.ThrowsAsync<FfmpegException>(() => failing.Encoder.EncodeAsync(Sounds.Chirp(1, 16000), AudioFormat.Mp3, null, Token));
        }
    }

    [Fact]
    public async Task InspectAsync_FfmpegFailsAfterGoodOutput_IsUndecodable()
    {
        var script = await lab.ScriptAsync("case \"$*\" in *coders*) exec ffmpeg \"$@\";; esac\nffmpeg \"$@\"\nexit 1");
        await using var failing = await AudioLab.StartAsync(("FfmpegPath", script));
        var mp3 = await Mp3Async();

        var exception = await Assert.ThrowsAsync<AudioException>(() => failing.Inspector.InspectAsync(new MemoryStream(mp3), long.MaxValue, Token));

        Assert.Equal(AudioFailure.Undecodable, exception.Failure);
    }

    [Fact]
    public async Task InspectAsync_ChildComplainsAtLength_IsNotHeldUpByIt()
    {
        var script = await lab.ScriptAsync(
            "case \"$*\" in *coders*) exec ffmpeg \"$@\";; esac\nhead -c 3000000 /dev/zero | tr '\\0' x >&2\nexec ffmpeg \"$@\"");
        await using var chatty = await AudioLab.StartAsync(("FfmpegPath", script));
        var mp3 = await Mp3Async();

        await using var audio = await chatty.Inspector.InspectAsync(new MemoryStream(mp3), long.MaxValue, Token);

        Assert.Equal(1, audio.Duration.TotalSeconds, 0.01);
    }

    [Fact]
    public async Task RunAsync_Child_SeesNoneOfTheSettings()
    {
        var seen = Path.Combine(lab.Folder, "environment");
        Environment.SetEnvironmentVariable("VoiceTests__Secret", "hush");
        var script = await lab.ScriptAsync($"env > {seen}");

        await using var bare = await AudioLab.StartAsync(("FfmpegPath", script));

        var environment = await File.ReadAllTextAsync(seen, Token);
        Assert.Contains("PATH=", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", environment, StringComparison.Ordinal);
    }

    private static Task<byte[]> Mp3Async() => AudioLab.FfmpegAsync(Wav.Write(Sounds.Chirp(1, 16000)), "", "mp3");
}
