using VoiceFunctions.Audio;

namespace VoiceFunctions.Tests.Audio;

/// <summary>Every container as the real ffmpeg writes it: whole, and cut off at many places.</summary>
public sealed class ContainerTests(AudioLab lab) : IClassFixture<AudioLab>
{
    private const double Seconds = 3;

    private static readonly byte[] Original = Wav.Write(Sounds.Chirp(Seconds, 24000));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Extension, ffmpeg's arguments, what it is, and whether a cut shows.</summary>
    public static TheoryData<string, string, AudioContainer, bool> Everything() => new()
    {
        { "wav", "-c:a pcm_s24le -ac 2", AudioContainer.Wav, true },
        { "wav", "-c:a adpcm_ms", AudioContainer.Wav, true },
        { "wav", "-c:a pcm_mulaw -ar 8000", AudioContainer.Wav, true },
        { "mp3", "", AudioContainer.Mp3, true },
        { "mp3", "-q:a 4 -ac 2", AudioContainer.Mp3, true },
        { "mp3", "-write_xing 0 -id3v2_version 0", AudioContainer.Mp3, false },
        { "ogg", "-c:a libopus", AudioContainer.Ogg, true },
        { "ogg", "-c:a libvorbis -ac 2", AudioContainer.Ogg, true },
        { "ogg", "-c:a flac", AudioContainer.Ogg, true },
        { "flac", "", AudioContainer.Flac, true },
        { "flac", "-compression_level 12 -ac 2", AudioContainer.Flac, true },
        { "m4a", "-c:a aac", AudioContainer.Mp4, true },
        { "m4a", "-c:a aac -movflags +faststart", AudioContainer.Mp4, true },
        { "m4a", "-c:a alac", AudioContainer.Mp4, true },
        { "mp4", "-c:a aac -movflags frag_keyframe+empty_moov", AudioContainer.Mp4, true },
        { "mov", "-c:a pcm_s16le", AudioContainer.Mp4, true },
        { "webm", "-c:a libopus", AudioContainer.Matroska, true },
        { "webm", "-c:a libopus -live 1", AudioContainer.Matroska, true },
        { "mka", "-c:a libvorbis", AudioContainer.Matroska, true },
        { "aac", "-c:a aac", AudioContainer.Adts, false },
        { "aiff", "", AudioContainer.Aiff, true },
        { "caf", "", AudioContainer.Caf, true },
    };

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task InspectAsync_WholeFile_MeasuresIt(string extension, string arguments, AudioContainer container, bool showsCuts)
    {
        var file = await AudioLab.FfmpegAsync(Original, arguments, extension);

        await using var audio = await lab.Inspector.InspectAsync(new MemoryStream(file), file.Length, Token);

        Assert.Equal(container, audio.Container);
        Assert.InRange(audio.Duration.TotalSeconds, Seconds - 0.001, Seconds + (showsCuts ? 0.12 : 0.2));
        // ffmpeg spreads one channel over two at equal power, and AAC overshoots.
        Assert.InRange(audio.Peak, 0.34, 0.8);
        Assert.False(audio.IsSilent);
        Assert.Equal(file, await ReadAsync(audio));
        using var wav = audio.OpenWav();
        var converted = Wav.Parse(await ReadAsync(wav));
        Assert.Equal(16_000, converted.SampleRate);
        Assert.InRange(converted.Duration.TotalSeconds, audio.Duration.TotalSeconds - 0.001, audio.Duration.TotalSeconds + 0.001);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task InspectAsync_CutFile_IsUndecodableOrShorterWhereNothingTells(string extension, string arguments, AudioContainer container, bool showsCuts)
    {
        var file = await AudioLab.FfmpegAsync(Original, arguments, extension);
        foreach (var share in (double[])[0.02, 0.31, 0.5, 0.77])
        {
            var cut = file.AsMemory(0, (int)(file.Length * share) + 1).ToArray();
            try
            {
                await using var audio = await lab.Inspector.InspectAsync(new MemoryStream(cut), long.MaxValue, Token);
                Assert.False(showsCuts, $"{container} cut to {share:0.00} passed for {audio.Duration.TotalSeconds:0.00} s");
                Assert.InRange(audio.Duration.TotalSeconds, 0, Seconds * (share + 0.05));
            }
            catch (AudioException exception)
            {
                Assert.Equal(AudioFailure.Undecodable, exception.Failure);
            }
        }
    }

    [Theory]
    [InlineData("flac", "")]
    [InlineData("m4a", "-c:a aac -movflags +faststart")]
    [InlineData("ogg", "-c:a libopus")]
    [InlineData("webm", "-c:a libopus")]
    public async Task InspectAsync_LastByteMissing_IsUndecodable(string extension, string arguments)
    {
        var file = await AudioLab.FfmpegAsync(Original, arguments, extension);

        var exception = await Assert.ThrowsAsync<AudioException>(() => lab.Inspector.InspectAsync(new MemoryStream(file[..^1]), long.MaxValue, Token));

        Assert.Equal(AudioFailure.Undecodable, exception.Failure);
        Assert.Empty(lab.TempFiles());
    }

    [Theory]
    [InlineData("mp3", "")]
    [InlineData("mp3", "-write_xing 0")]
    [InlineData("flac", "")]
    [InlineData("ogg", "-c:a libopus")]
    [InlineData("aac", "-c:a aac")]
    [InlineData("m4a", "-c:a aac")]
    public async Task InspectAsync_TrailingTag_IsNoDamage(string extension, string arguments)
    {
        var file = await AudioLab.FfmpegAsync(Original, arguments, extension);
        byte[] tagged = [.. file, .. "TAG"u8, .. new byte[125]];

        await using var audio = await lab.Inspector.InspectAsync(new MemoryStream(tagged), long.MaxValue, Token);

        Assert.InRange(audio.Duration.TotalSeconds, Seconds - 0.001, Seconds + 0.2);
    }

    [Fact]
    public async Task InspectAsync_Mp3BehindALargePicture_IsFound()
    {
        var file = await AudioLab.FfmpegAsync(Original, "-id3v2_version 0", "mp3");
        byte[] tag = [.. "ID3"u8, 4, 0, 0, 0, 0x10, 0, 0, .. new byte[0x10 << 14]];

        await using var audio = await lab.Inspector.InspectAsync(new MemoryStream([.. tag, .. file]), long.MaxValue, Token);

        Assert.Equal(AudioContainer.Mp3, audio.Container);
        Assert.InRange(audio.Duration.TotalSeconds, Seconds - 0.001, Seconds + 0.1);
    }

    [Fact]
    public async Task InspectAsync_CutMp3BehindALargePicture_IsUndecodable()
    {
        var file = await AudioLab.FfmpegAsync(Original, "-id3v2_version 0", "mp3");
        byte[] tag = [.. "ID3"u8, 4, 0, 0, 0, 0x10, 0, 0, .. new byte[0x10 << 14]];

        var exception = await Assert.ThrowsAsync<AudioException>(() =>
            lab.Inspector.InspectAsync(new MemoryStream([.. tag, .. file[..(file.Length / 2)]]), long.MaxValue, Token));

        Assert.Equal(AudioFailure.Undecodable, exception.Failure);
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(16000)]
    [InlineData(44100)]
    public async Task InspectAsync_ShortMp3_IsTakenWholeAndRefusedCut(int rate)
    {
        for (var seconds = 0.5; seconds < 1; seconds += 0.0731)
        {
            var file = await AudioLab.FfmpegAsync(Wav.Write(Sounds.Chirp(seconds, rate)), "", "mp3");

            await using var audio = await lab.Inspector.InspectAsync(new MemoryStream(file), long.MaxValue, Token);
            Assert.InRange(audio.Duration.TotalSeconds, seconds - 0.001, seconds + 0.15);
        }

        var whole = await AudioLab.FfmpegAsync(Wav.Write(Sounds.Chirp(1.2, rate)), "", "mp3");
        var half = new MemoryStream(whole[..(whole.Length / 2)]);
        var exception = await Assert.ThrowsAsync<AudioException>(() => lab.Inspector.InspectAsync(half, long.MaxValue, Token));
        Assert.Equal(AudioFailure.Undecodable, exception.Failure);
    }

    [Fact]
    public async Task InspectAsync_Amr_IsDecoded()
    {
        // No encoder at hand: frames of AMR at 12.2 kbit/s (RFC 4867, section 5.3), a type byte and 31 bytes for 20 ms each.
        var frames = Enumerable.Range(0, 100).SelectMany(i => (byte[])[0x3C, .. Enumerable.Range(0, 31).Select(j => (byte)((i * 31) + (j * 7)))]);
        byte[] file = [.. "#!AMR\n"u8, .. frames];

        await using var audio = await lab.Inspector.InspectAsync(new MemoryStream(file), long.MaxValue, Token);

        Assert.Equal(AudioContainer.Amr, audio.Container);
        Assert.Equal(2, audio.Duration.TotalSeconds, 0.05);
    }

    [Theory]
    [InlineData("mp4", "-c:v mpeg4")]
    [InlineData("mkv", "-c:v mpeg4")]
    public async Task InspectAsync_VideoWithoutSound_HasNoAudioStream(string extension, string codec)
    {
        var video = await AudioLab.FfmpegAsync(Original, $"-f lavfi -i testsrc=s=64x64:r=10:d=1 -map 1:v {codec}", extension);

        var exception = await Assert.ThrowsAsync<AudioException>(() => lab.Inspector.InspectAsync(new MemoryStream(video), long.MaxValue, Token));

        Assert.Equal(AudioFailure.NoAudioStream, exception.Failure);
    }

    [Theory]
    [InlineData("mp4", "-c:v mpeg4 -c:a aac")]
    [InlineData("mkv", "-c:v mpeg4 -c:a libvorbis")]
    public async Task InspectAsync_VideoWithSound_HasItsSound(string extension, string codecs)
    {
        var video = await AudioLab.FfmpegAsync(Original, $"-f lavfi -i testsrc=s=64x64:r=10:d=3 -map 1:v -map 0:a {codecs}", extension);

        await using var audio = await lab.Inspector.InspectAsync(new MemoryStream(video), long.MaxValue, Token);

        Assert.InRange(audio.Duration.TotalSeconds, Seconds - 0.01, Seconds + 0.1);
    }

    [Theory]
    [InlineData("OggS")]
    [InlineData("fLaC")]
    [InlineData("\0\0\0 ftypM4A ")]
    [InlineData("\u001aEß£\u009fB\u0086\u0081\u0001")]
    [InlineData("caff\0\u0001\0\0")]
    [InlineData("FORM\0\0\u0010\0AIFFCOMM")]
    [InlineData("#!AMR\n")]
    [InlineData("RIFF\0\0\0\0WAVE")]
    public async Task InspectAsync_RightBeginningThenGarbage_IsUndecodable(string magic)
    {
        var garbage = new byte[20_000];
        new Random(7).NextBytes(garbage);
        byte[] file = [.. System.Text.Encoding.Latin1.GetBytes(magic), .. garbage];
        try
        {
            await using var audio = await lab.Inspector.InspectAsync(new MemoryStream(file), long.MaxValue, Token);

            // AMR has no checks at all: any byte below is a frame of some kind.
            Assert.Equal(AudioContainer.Amr, audio.Container);
        }
        catch (AudioException exception)
        {
            Assert.Equal(AudioFailure.Undecodable, exception.Failure);
        }

        Assert.Empty(lab.TempFiles());
    }

    [Theory]
    [InlineData("mp3", "")]
    [InlineData("ogg", "-c:a libopus")]
    [InlineData("flac", "")]
    [InlineData("m4a", "-c:a aac -movflags +faststart")]
    [InlineData("webm", "-c:a libopus")]
    public async Task InspectAsync_BytesChangedAtRandom_GivesAudioOrAudioException(string extension, string arguments)
    {
        var file = await AudioLab.FfmpegAsync(Original, arguments, extension);
        var random = new Random(file.Length);
        for (var round = 0; round < 8; round++)
        {
            var mutated = (byte[])file.Clone();

            // Half of the rounds aim at the headers.
            var reach = round % 2 == 0 ? Math.Min(400, mutated.Length) : mutated.Length;
            for (var change = 0; change < 20; change++) mutated[random.Next(reach)] = (byte)random.Next(256);
            try
            {
                await using var audio = await lab.Inspector.InspectAsync(new MemoryStream(mutated), long.MaxValue, Token);
                Assert.True(audio.Duration > TimeSpan.Zero);
            }
            catch (AudioException exception)
            {
                Assert.True(exception.Failure is AudioFailure.Undecodable or AudioFailure.NoAudioStream or AudioFailure.UnsupportedFormat);
            }
        }

        Assert.Empty(lab.TempFiles());
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Token);
        return copy.ToArray();
    }
}
