using System.Text;
using CsCheck;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Tests.Audio;

public sealed class AudioInspectorTests(AudioLab lab) : IClassFixture<AudioLab>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task InspectAsync_MoreThanTheLimit_ThrowsAtTheFirstByteTooMany(int surplus)
    {
        var wav = Wav.Write(Sounds.Chirp(1, 16000));
        var body = new TrickleStream(wav, 1000);

        if (surplus == 0)
        {
            await using var audio = await lab.Inspector.InspectAsync(body, wav.Length, Token);
            Assert.Equal(wav.Length, audio.Length);
            return;
        }

        var exception = await Assert.ThrowsAsync<AudioTooLargeException>(() => lab.Inspector.InspectAsync(body, wav.Length - surplus, Token));
        Assert.Equal(wav.Length - surplus, exception.MaxBytes);
        Assert.Empty(lab.TempFiles());
    }

    [Fact]
    public async Task InspectAsync_NothingCame_IsEmpty()
    {
        var exception = await Assert.ThrowsAsync<AudioException>(() => lab.Inspector.InspectAsync(Stream.Null, 100, Token));

        Assert.Equal(AudioFailure.Empty, exception.Failure);
        Assert.Empty(lab.TempFiles());
    }

    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile '/etc/hostname'\n")]
    [InlineData("v=0\no=- 0 0 IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n")]
    [InlineData("hello")]
    public async Task InspectAsync_TextThatNamesOtherFiles_NeverReachesFfmpeg(string text)
    {
        var calls = Path.Combine(lab.Folder, "calls");
        await using var other = await AudioLab.StartAsync(("FfmpegPath", await lab.ScriptAsync($"echo called >> {calls}\nexec ffmpeg \"$@\"")));
        File.Delete(calls);

        var body = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var exception = await Assert.ThrowsAsync<AudioException>(() => other.Inspector.InspectAsync(body, 10_000, Token));

        Assert.Equal(AudioFailure.Undecodable, exception.Failure);
        Assert.False(File.Exists(calls));
    }

    [Fact]
    public async Task InspectAsync_ClientGoesAway_PassesThroughAndLeavesNothing()
    {
        var gone = new IOException("The client reset the request stream.");

        var thrown = await Assert.ThrowsAsync<IOException>(() =>
            lab.Inspector.InspectAsync(new TrickleStream(Wav.Write(Sounds.Chirp(1, 16000)), 1000, gone), long.MaxValue, Token));

        Assert.Same(gone, thrown);
        Assert.Empty(lab.TempFiles());
    }

    [Fact]
    public async Task InspectAsync_AlreadyCancelled_LeavesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            lab.Inspector.InspectAsync(new MemoryStream(Wav.Write(Sounds.Chirp(1, 16000))), long.MaxValue, new CancellationToken(canceled: true)));

        Assert.Empty(lab.TempFiles());
    }

    [Theory]
    [InlineData(0f, 0f, true)]
    [InlineData(0.0009f, 0f, true)]
    [InlineData(0.0009f, 0.3f, true)]
    [InlineData(0.0012f, 0f, false)]
    [InlineData(0.5f, 0f, false)]
    public async Task InspectAsync_Level_TellsSilence(float amplitude, float offset, bool silent)
    {
        var samples = Sounds.Sine(300, 16000, 16000, amplitude);
        for (var i = 0; i < samples.Length; i++) samples[i] += offset;

        await using var audio = await lab.Inspector.InspectAsync(new MemoryStream(Wav.Write(new PcmAudio(samples, 16000))), long.MaxValue, Token);

        Assert.Equal(silent, audio.IsSilent);
        Assert.Equal(amplitude + offset, audio.Peak, 0.0001);
        Assert.Equal(Math.Sqrt((amplitude * amplitude / 2) + (offset * offset)), audio.Rms, 0.0001);
        Assert.Equal(TimeSpan.FromSeconds(1), audio.Duration);
    }

    [Theory]
    [InlineData("wav", "")]
    [InlineData("flac", "")]
    public async Task InspectAsync_LongerThanAllowed_IsTooLong(string extension, string arguments)
    {
        var wav = Wav.Write(new PcmAudio(new float[16000 * 3], 16000));
        var file = extension == "wav" ? wav : await AudioLab.FfmpegAsync(wav, arguments, extension);
        await using var strict = await AudioLab.StartAsync(("MaxDecodedDuration", "00:00:02"));

        var exception = await Assert.ThrowsAsync<AudioException>(() => strict.Inspector.InspectAsync(new MemoryStream(file), long.MaxValue, Token));

        Assert.Equal(AudioFailure.TooLong, exception.Failure);
        Assert.Empty(strict.TempFiles());
    }

    [Fact]
    public async Task InspectAsync_HeaderWithoutSamples_IsUndecodable()
    {
        var wav = new WavBuilder().Chunk("fmt ", WavBuilder.Format(1, 1, 16000, 16)).Chunk("data", []).Build();

        var exception = await Assert.ThrowsAsync<AudioException>(() => lab.Inspector.InspectAsync(new MemoryStream(wav), long.MaxValue, Token));

        Assert.Equal(AudioFailure.Undecodable, exception.Failure);
    }

    [Theory]
    [InlineData("wav", "-ac 2")]
    [InlineData("wav", "-c:a adpcm_ms")]
    [InlineData("mp3", "")]
    public async Task InspectAsync_Disposed_LeavesNothing(string extension, string arguments)
    {
        var file = await AudioLab.FfmpegAsync(Wav.Write(Sounds.Chirp(1, 16000)), arguments, extension);

        await using (var audio = await lab.Inspector.InspectAsync(new MemoryStream(file), long.MaxValue, Token))
        {
            Assert.NotEmpty(lab.TempFiles());
            using var wav = audio.OpenWav();
            Assert.NotEqual(0, await wav.ReadAsync(new byte[10], Token));
        }

        Assert.Empty(lab.TempFiles());
    }

    [Theory]
    [InlineData(44100, "wav", "-c:a pcm_s24le -ac 2")]
    [InlineData(16000, "wav", "")]
    [InlineData(8000, "wav", "-c:a pcm_mulaw")]
    [InlineData(44100, "flac", "")]
    public async Task OpenWav_ReadInAnyOrder_IsTheSameFile(int rate, string extension, string arguments)
    {
        var file = await AudioLab.FfmpegAsync(Wav.Write(Sounds.Chirp(2.3456, rate)), arguments, extension);
        await using var audio = await lab.Inspector.InspectAsync(new MemoryStream(file), long.MaxValue, Token);
        using var whole = new MemoryStream();
        using (var stream = audio.OpenWav())
        {
            await stream.CopyToAsync(whole, Token);
            Assert.Equal(stream.Length, whole.Length);
        }

        var bytes = whole.ToArray();
        Assert.Equal(Resampler.OutputLength((long)Math.Round(audio.Duration.TotalSeconds * rate), rate, 16000), Wav.Parse(bytes).Samples.Length);
        using var pieces = audio.OpenWav();
        Gen.Select(Gen.Int[0, bytes.Length + 10], Gen.Int[1, 50_000]).Sample(
            (position, count) =>
            {
                pieces.Position = position;
                var piece = new byte[count];
                var read = pieces.ReadAtLeast(piece, count, throwOnEndOfStream: false);
                var expected = bytes.AsSpan(Math.Min(position, bytes.Length));
                expected = expected[..Math.Min(count, expected.Length)];
                return piece.AsSpan(0, read).SequenceEqual(expected);
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public async Task InspectedAudio_ReadTwice_IsTheOriginal()
    {
        var file = Wav.Write(Sounds.Chirp(1, 22050));
        await using var audio = await lab.Inspector.InspectAsync(new TrickleStream(file, 4321), long.MaxValue, Token);
        for (var time = 0; time < 2; time++)
        {
            using var copy = new MemoryStream();
            audio.Position = 0;
            await audio.CopyToAsync(copy, Token);
            Assert.True(copy.ToArray().AsSpan().SequenceEqual(file));
        }

        Assert.False(audio.CanWrite);
        Assert.Equal(22050, audio.SampleRate);
    }
}
