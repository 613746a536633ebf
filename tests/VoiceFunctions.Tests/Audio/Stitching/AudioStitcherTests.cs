using System.Runtime.InteropServices;
using CliWrap;
using CliWrap.Buffered;
using VoiceFunctions.Audio;
using VoiceFunctions.Audio.Stitching;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tests.Audio.Stitching;

public sealed class AudioStitcherTests(AudioLab lab) : IClassFixture<AudioLab>
{
    private const int Rate = 24_000;

    private static readonly byte[] Tone = AudioSamples.Wav(AudioSamples.Tone(0.5, Rate), Rate);

    private AudioStitcher Stitcher => lab.Get<AudioStitcher>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AudioFormat.Wav, 24_000)]
    [InlineData(AudioFormat.Pcm, 24_000)]
    [InlineData(AudioFormat.Flac, 22_050)]
    [InlineData(AudioFormat.Mp3, 24_000)]
    [InlineData(AudioFormat.Mp3, 44_100)]
    [InlineData(AudioFormat.Opus, 24_000)]
    [InlineData(AudioFormat.Opus, 48_000)]
    [InlineData(AudioFormat.Aac, 16_000)]
    public async Task StitchAsync_SpeechInChunks_DecodesWithoutAWarningAndLastsAsLongAsTheSum(AudioFormat format, int rate)
    {
        var chunks = await Task.WhenAll(Enumerable.Range(1, 7).Select(number => SpeakAsync($"This is sentence number {number}, and it is spoken by a machine.", rate)));

        var (stitched, file) = await StitchAsync(chunks.Select(Chunk), format, rate);

        var lengths = chunks.Select(chunk => (chunk.Length - Wav.HeaderBytes) / 2L).ToArray();
        Assert.Equal(lengths, stitched.Samples);
        Assert.Equal(rate, stitched.SampleRate);
        Assert.Equal(file.Length, stitched.Bytes);
        Assert.Empty(lab.TempFiles());
        var path = await SaveAsync(file, format, rate);
        Assert.Equal("", await FfmpegAsync($"-v error {Input(format, rate)} -i {path} -f null -"));
        var decoded = await DecodeAsync(path, format, rate);
        var frame = format switch { AudioFormat.Opus => rate / 50, AudioFormat.Aac => 2 * 1024, AudioFormat.Mp3 => 1152, _ => 0 };
        Assert.InRange(decoded.Length, lengths.Sum(), lengths.Sum() + frame);
    }

    [Theory]
    [InlineData(AudioFormat.Wav)]
    [InlineData(AudioFormat.Flac)]
    [InlineData(AudioFormat.Mp3)]
    [InlineData(AudioFormat.Opus)]
    public async Task StitchAsync_FileWithALength_SaysTheRightOne(AudioFormat format)
    {
        var (stitched, file) = await StitchAsync(Enumerable.Range(0, 9).Select(_ => Chunk(Tone)), format, Rate);

        var path = await SaveAsync(file, format, Rate);
        var probe = await Cli.Wrap("ffprobe").WithArguments($"-v warning -show_entries format=duration -of csv=p=0 {path}").ExecuteBufferedAsync(Token);
        Assert.Equal("", probe.StandardError);
        var tolerance = format switch { AudioFormat.Mp3 => 0.1, AudioFormat.Opus => 0.021, _ => 1e-6 };
        Assert.InRange(double.Parse(probe.StandardOutput), 4.5 - 1e-6, 4.5 + tolerance);
        Assert.Equal(9 * Rate / 2, stitched.Samples.Sum());
    }

    [Fact]
    public async Task StitchAsync_Mp3_CountsItsFramesInAnInfoHeader()
    {
        var (_, file) = await StitchAsync(Enumerable.Range(0, 20).Select(_ => Chunk(Tone)), AudioFormat.Mp3, Rate);

        var declared = DeclaredLength.Read(new MemoryStream(file), AudioContainer.Mp3, AudioContainerDetector.Id3Length(file));
        Assert.InRange(Assert.NotNull(declared).Duration.TotalSeconds, 10, 10.1);
    }

    [Fact]
    public async Task StitchAsync_Ogg_IsOneStreamOfPagesInOrder()
    {
        var (_, file) = await StitchAsync(Enumerable.Range(0, 40).Select(_ => Chunk(Tone)), AudioFormat.Opus, Rate);

        var pages = OggPages(file);
        Assert.True(pages.Count > 3);
        Assert.Single(pages.Select(page => page.Stream).Distinct());
        Assert.Equal(Enumerable.Range(0, pages.Count), pages.Select(page => page.Number));
        Assert.Equal([0], pages.Index().Where(page => (page.Item.Flags & 2) != 0).Select(page => page.Index));
        Assert.Equal([pages.Count - 1], pages.Index().Where(page => (page.Item.Flags & 4) != 0).Select(page => page.Index));
    }

    [Fact]
    public async Task StitchAsync_Wav_IsTheSamplesOfTheChunksAndNothingElse()
    {
        short[][] chunks = [Quiet(1, 777), Quiet(2, 1), Quiet(3, 100_000), Quiet(4, 2)];

        var (stitched, file) = await StitchAsync(chunks.Select(samples => Chunk(AudioSamples.Wav(samples, Rate))), AudioFormat.Wav, Rate);

        Assert.Equal(AudioSamples.Wav([.. chunks.SelectMany(samples => samples)], Rate), file);
        Assert.Equal([777, 1, 100_000, 2], stitched.Samples);
    }

    [Fact]
    public async Task StitchAsync_ChunksWithoutSilenceAtTheirEdges_DoNotClick()
    {
        var chunk = AudioSamples.Wav(Cosine(12_345), Rate);

        var (stitched, file) = await StitchAsync(Enumerable.Range(0, 5).Select(_ => Chunk(chunk)), AudioFormat.Pcm, Rate);

        var samples = MemoryMarshal.Cast<byte, short>(file).ToArray();
        var inside = LargestStep(Cosine(12_345));
        Assert.Equal(5 * 12_345, samples.Length);
        Assert.InRange(LargestStep(samples), 0, inside);
        // The ends of the whole are the voice's own.
        Assert.Equal(Cosine(12_345)[..1000], samples[..1000]);
        Assert.Equal(Cosine(12_345)[^1000..], samples[^1000..]);
        Assert.Equal(stitched.Samples.Sum(), samples.Length);
    }

    [Fact]
    public async Task StitchAsync_RealVoices_HaveNoStepAtAJointLargerThanInside()
    {
        var chunks = await Task.WhenAll("One.|Two|and three;|four?|Five".Split('|').Select(text => SpeakAsync(text, Rate)));

        var (stitched, file) = await StitchAsync(chunks.Select(Chunk), AudioFormat.Pcm, Rate);

        var samples = MemoryMarshal.Cast<byte, short>(file).ToArray();
        var inside = chunks.Max(chunk => LargestStep(MemoryMarshal.Cast<byte, short>(chunk.AsSpan(Wav.HeaderBytes)).ToArray()));
        long joint = 0;
        foreach (var length in stitched.Samples.SkipLast(1))
        {
            joint += length;
            Assert.InRange(Math.Abs(samples[joint] - samples[joint - 1]), 0, 2 * Joint.NearZero);
        }

        Assert.InRange(LargestStep(samples), 0, inside);
    }

    [Theory]
    [InlineData(Wav.MaxDataBytes)]
    [InlineData(Wav.MaxDataBytes + 2)]
    [InlineData(6_000_000_000)]
    public async Task Header_FileOfAboutFourGigabytes_IsReadByOthers(long dataBytes)
    {
        var path = Path.Combine(lab.Folder, $"{Guid.NewGuid():N}.wav");
        var header = Wav.Header(48_000, dataBytes);
        await using (var file = File.Create(path))
        {
            await file.WriteAsync(header, Token);
            // The samples are a hole in the file, which takes no room.
            file.SetLength(header.Length + dataBytes);
        }

        var probe = await Cli.Wrap("ffprobe").WithArguments($"-v warning -show_entries stream=duration_ts -of csv=p=0 {path}").ExecuteBufferedAsync(Token);
        await using var read = File.OpenRead(path);
        using var wav = await WavReader.OpenAsync(read, Token);
        Assert.Equal($"{dataBytes / 2}\n", probe.StandardOutput);
        Assert.Equal("", probe.StandardError);
        Assert.Equal(dataBytes / 2, wav.Frames);
        Assert.Equal(dataBytes > Wav.MaxDataBytes ? "RF64" : "RIFF", System.Text.Encoding.ASCII.GetString(header[..4]));
    }

    [Fact]
    public async Task StitchAsync_OneChunk_IsUntouched()
    {
        var chunk = AudioSamples.Wav(Cosine(5000), Rate);

        var (_, file) = await StitchAsync([Chunk(chunk)], AudioFormat.Wav, Rate);

        Assert.Equal(chunk, file);
    }

    [Theory]
    [InlineData(AudioFormat.Mp3)]
    [InlineData(AudioFormat.Opus)]
    [InlineData(AudioFormat.Aac)]
    [InlineData(AudioFormat.Flac)]
    public async Task StitchAsync_Twice_SameBytes(AudioFormat format)
    {
        var first = await StitchAsync([Chunk(Tone), Chunk(Tone)], format, Rate);
        var second = await StitchAsync([Chunk(Tone), Chunk(Tone)], format, Rate);

        Assert.Equal(first.File, second.File);
    }

    public static TheoryData<string, AudioFormat> BadChunks()
    {
        var data = new TheoryData<string, AudioFormat>();
        foreach (var format in new[] { AudioFormat.Wav, AudioFormat.Pcm, AudioFormat.Mp3, AudioFormat.Flac })
        {
            foreach (var chunk in new[] { "missing", "nothing", "empty", "cut", "cut on the way", "broken on the way", "rate", "stereo", "unsized", "text", "float" }) data.Add(chunk, format);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(BadChunks))]
    public async Task StitchAsync_BadChunk_IsNamed(string what, AudioFormat format)
    {
        var bad = what switch
        {
            "missing" => new ChunkAudio(_ => Task.FromException<Stream>(new FileNotFoundException("gone"))),
            "nothing" => Chunk([]),
            "empty" => Chunk(AudioSamples.Wav([], Rate)),
            "cut" => Chunk(Tone[..^2]),
            "cut on the way" => new ChunkAudio(_ => Task.FromResult<Stream>(new TrickleStream(Tone[..^2], 1000))),
            "broken on the way" => new ChunkAudio(_ => Task.FromResult<Stream>(new TrickleStream(Tone[..9000], 1000, new IOException("The network is gone.")))),
            "rate" => Chunk(AudioSamples.Wav(AudioSamples.Tone(0.5, 16_000), 16_000)),
            "stereo" => Chunk(Foreign(WavBuilder.Format(1, 2, Rate, 16))),
            "unsized" => Chunk(AudioSamples.Wav(AudioSamples.Tone(0.5, Rate), Rate, streamed: true)),
            "float" => Chunk(Foreign(WavBuilder.Format(3, 1, Rate, 32))),
            _ => Chunk([.. "not audio at all, and long enough to hold a header of a WAV file"u8]),
        };

        var failure = await Assert.ThrowsAsync<StitchException>(() => StitchAsync([Chunk(Tone), Chunk(Tone), bad, Chunk(Tone)], format, Rate));

        Assert.Equal(2, failure.Chunk);
        Assert.Contains("Chunk 2", failure.Message, StringComparison.Ordinal);
        Assert.Empty(lab.TempFiles());
    }

    [Theory]
    [InlineData(AudioFormat.Mp3)]
    [InlineData(AudioFormat.Wav)]
    public async Task StitchAsync_BadChunk_NothingIsWritten(AudioFormat format)
    {
        using var destination = new MemoryStream();

        await Assert.ThrowsAsync<StitchException>(() => Stitcher.StitchAsync([Chunk(Tone), Chunk(Tone[..^2])], format, Rate, destination, Token));

        Assert.Equal(0, destination.Length);
    }

    [Fact]
    public async Task StitchAsync_NoChunksOrARateTheFormatLacks_Throws()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => StitchAsync([], AudioFormat.Wav, Rate));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => StitchAsync([Chunk(Tone)], AudioFormat.Opus, 22_050));
    }

    [Fact]
    public async Task StitchAsync_WithoutFfmpeg_OnlyWavAndPcm()
    {
        await using var bare = await AudioLab.StartAsync(("FfmpegPath", "/nowhere/ffmpeg"));
        var stitcher = bare.Get<AudioStitcher>();

        await stitcher.StitchAsync([Chunk(Tone), Chunk(Tone)], AudioFormat.Wav, Rate, Stream.Null, Token);
        await stitcher.StitchAsync([Chunk(Tone), Chunk(Tone)], AudioFormat.Pcm, Rate, Stream.Null, Token);
        var failure = await Assert.ThrowsAsync<AudioException>(() => stitcher.StitchAsync([Chunk(Tone)], AudioFormat.Mp3, Rate, Stream.Null, Token));
        Assert.Equal(AudioFailure.UnsupportedFormat, failure.Failure);
    }

    [Fact]
    public async Task StitchAsync_FfmpegThatStopsReading_IsAFailure()
    {
        await using var odd = await AudioLab.StartAsync();
        var script = await odd.ScriptAsync("case \"$*\" in *pipe:0*) head -c 1000 >/dev/null; for last; do :; done; echo x > \"${last#file:}\"; exit 0;; *) exec ffmpeg \"$@\";; esac");
        await using var broken = await AudioLab.StartAsync(("FfmpegPath", script));

        await Assert.ThrowsAsync<FfmpegException>(() => broken.Get<AudioStitcher>().StitchAsync(
            [.. Enumerable.Range(0, 50).Select(_ => Chunk(Tone))], AudioFormat.Mp3, Rate, Stream.Null, Token));
        Assert.Empty(broken.TempFiles());
    }

    [Theory]
    [InlineData(AudioFormat.Mp3)]
    [InlineData(AudioFormat.Wav)]
    public async Task StitchAsync_Cancelled_EndsAndLeavesNothing(AudioFormat format)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var opened = 0;
        var waits = new ChunkAudio(async token =>
        {
            if (Interlocked.Increment(ref opened) < (format is AudioFormat.Wav ? 2 : 1)) return new MemoryStream(Tone);
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return Stream.Null;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Stitcher.StitchAsync([Chunk(Tone), waits], format, Rate, Stream.Null, cancel.Token));

        Assert.Empty(lab.TempFiles());
    }

    private async Task<(StitchedAudio Stitched, byte[] File)> StitchAsync(IEnumerable<ChunkAudio> chunks, AudioFormat format, int rate)
    {
        using var destination = new MemoryStream();
        var stitched = await Stitcher.StitchAsync([.. chunks], format, rate, destination, Token);
        return (stitched, destination.ToArray());
    }

    private static ChunkAudio Chunk(byte[] wav) => new(_ => Task.FromResult<Stream>(new MemoryStream(wav, writable: false)));

    private static byte[] Foreign(byte[] format) => new WavBuilder().Chunk("fmt ", format).Chunk("data", new byte[400]).Build();

    /// <summary>espeak-ng's voice, at the rate asked for.</summary>
    private async Task<byte[]> SpeakAsync(string text, int rate)
    {
        using var spoken = new MemoryStream();
        await Cli.Wrap("espeak-ng").WithArguments(["--stdout", text]).WithStandardOutputPipe(PipeTarget.ToStream(spoken)).ExecuteAsync(Token);
        spoken.Position = 0;
        return Wav.Write(await lab.Decoder.DecodeWholeAsync(spoken, rate, Token));
    }

    private async Task<string> SaveAsync(byte[] file, AudioFormat format, int rate)
    {
        var path = Path.Combine(lab.Folder, $"{Guid.NewGuid():N}-{rate}.{AudioFormats.Name(format)}");
        await File.WriteAllBytesAsync(path, file, Token);
        return path;
    }

    private static string Input(AudioFormat format, int rate) => format is AudioFormat.Pcm ? $"-f s16le -ar {rate} -ac 1" : "";

    private static async Task<string> FfmpegAsync(string arguments) =>
        (await Cli.Wrap("ffmpeg").WithArguments($"-hide_banner -nostdin {arguments}").ExecuteBufferedAsync(Token)).StandardError;

    private static async Task<short[]> DecodeAsync(string path, AudioFormat format, int rate)
    {
        using var samples = new MemoryStream();
        await Cli.Wrap("ffmpeg").WithArguments($"-v error -nostdin {Input(format, rate)} -i {path} -f s16le -ar {rate} -ac 1 -")
            .WithStandardOutputPipe(PipeTarget.ToStream(samples)).ExecuteAsync(Token);
        return MemoryMarshal.Cast<byte, short>(samples.ToArray()).ToArray();
    }

    private static short[] Cosine(int samples) => [.. Enumerable.Range(0, samples).Select(i => (short)(20_000 * Math.Cos(2 * Math.PI * 440 * i / Rate)))];

    private static short[] Quiet(int seed, int samples)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, samples).Select(_ => (short)random.Next(-Joint.NearZero, Joint.NearZero + 1))];
    }

    private static int LargestStep(short[] samples)
    {
        var largest = 0;
        for (var i = 1; i < samples.Length; i++) largest = Math.Max(largest, Math.Abs(samples[i] - samples[i - 1]));
        return largest;
    }

    private static List<(int Stream, int Number, int Flags)> OggPages(byte[] file)
    {
        var pages = new List<(int, int, int)>();
        for (var at = 0; at < file.Length;)
        {
            Assert.Equal("OggS"u8.ToArray(), file[at..(at + 4)]);
            pages.Add((BitConverter.ToInt32(file, at + 14), BitConverter.ToInt32(file, at + 18), file[at + 5]));
            int segments = file[at + 26];
            at += 27 + segments + file.Skip(at + 27).Take(segments).Sum(segment => segment);
        }

        return pages;
    }
}
