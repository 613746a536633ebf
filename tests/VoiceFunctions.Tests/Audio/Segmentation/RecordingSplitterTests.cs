using System.Text;
using VoiceFunctions.Audio;
using VoiceFunctions.Audio.Segmentation;
using VoiceFunctions.Providers.Offline;
using VoiceFunctions.Tests.Providers.Offline;

namespace VoiceFunctions.Tests.Audio.Segmentation;

public sealed class RecordingSplitterTests(AudioLab lab, OfflineHost host) : IClassFixture<AudioLab>, IClassFixture<OfflineHost>
{
    private static readonly PieceLimits ThreeMinutes = new(TimeSpan.FromMinutes(3));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SplitAsync_ShortRecording_IsOnePieceOfTheSameSamples()
    {
        var speech = Recordings.Read("librivox/sense_and_sensibility_01_austen_64kb-0870.wav");

        var (split, pieces) = await SplitAsync(Wav.Write(speech));

        var piece = Assert.Single(pieces);
        Assert.Equal(speech.Samples.Length, split.Samples);
        Assert.Equal(split.Pieces[0].Length, piece.Samples.Length);
        Assert.Equal(speech.Samples.Span.Slice((int)split.Pieces[0].Start, piece.Samples.Length), piece.Samples.Span);
        Assert.Empty(lab.TempFiles());
    }

    [Fact]
    public async Task SplitAsync_UtterancesFarApart_ArePiecesWithTheirTimes()
    {
        var speech = Recordings.Read("librivox/sense_and_sensibility_01_austen_64kb-0880.wav");
        var recording = new PcmAudio((float[])[.. speech.Samples.Span, .. new float[60 * 16000], .. speech.Samples.Span], 16000);

        var (split, pieces) = await SplitAsync(Wav.Write(recording));

        Assert.Equal(2, pieces.Count);
        Assert.Equal(recording.Samples.Length, split.Samples);
        Assert.InRange(split.Pieces[1].StartSeconds, 60, 60 + speech.Duration.TotalSeconds);
        Assert.All(pieces, piece => Assert.InRange(piece.Duration, TimeSpan.FromSeconds(2), speech.Duration + TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData("-ar 44100 -ac 2 -c:a libmp3lame -b:a 64k", "mp3")]
    [InlineData("-ar 48000 -c:a libopus -b:a 32k", "ogg")]
    [InlineData("-ar 22050 -c:a aac -b:a 48k", "m4a")]
    [InlineData("-ar 8000 -c:a pcm_mulaw", "wav")]
    [InlineData("-ar 32000 -ac 2 -c:a flac", "flac")]
    public async Task SplitAsync_AnyContainer_IsCutAlike(string arguments, string extension)
    {
        var speech = Recordings.Read("librivox/sense_and_sensibility_01_austen_64kb-0870.wav");
        var wav = Wav.Write(Recordings.Join(speech, speech, speech, speech, speech));

        var (plain, _) = await SplitAsync(wav, new PieceLimits(TimeSpan.FromSeconds(10)));
        var (other, pieces) = await SplitAsync(await AudioLab.FfmpegAsync(wav, arguments, extension), new PieceLimits(TimeSpan.FromSeconds(10)));

        Assert.Equal(plain.Pieces.Count, other.Pieces.Count);
        Assert.Equal(plain.Seconds, other.Seconds, 0.1);
        Assert.All(plain.Pieces.Zip(other.Pieces), pair => Assert.Equal(pair.First.StartSeconds, pair.Second.StartSeconds, 0.5));
        Assert.All(pieces, piece => Assert.Equal(16000, piece.SampleRate));
    }

    [Fact]
    public async Task SplitAsync_Silence_HasNoPiecesAndALength()
    {
        var (split, pieces) = await SplitAsync(Wav.Write(new PcmAudio(new float[20 * 16000], 16000)));

        Assert.Empty(pieces);
        Assert.Equal(20, split.Seconds);
    }

    [Fact]
    public async Task SplitAsync_Tone_HasNoPieces() =>
        Assert.Empty((await SplitAsync(Wav.Write(new PcmAudio(Sounds.Sine(440, 16000, 20 * 16000), 16000)))).Pieces);

    [Fact]
    public async Task SplitAsync_NoModel_IsCutByLoudness()
    {
        var speech = Recordings.Read("librivox/sense_and_sensibility_01_austen_64kb-0880.wav");
        var recording = new PcmAudio((float[])[.. speech.Samples.Span, .. new float[20 * 16000], .. speech.Samples.Span], 16000);
        using var activity = new VoiceActivity(new OfflineInventory(), TimeProvider.System);

        var (split, _) = await SplitAsync(Wav.Write(recording), activity: activity);

        Assert.Equal(2, split.Pieces.Count);
        Assert.InRange(split.Pieces[0].Seconds, 2, speech.Duration.TotalSeconds + 1);
    }

    [Theory]
    [InlineData("", AudioFailure.Empty)]
    [InlineData("hello", AudioFailure.Undecodable)]
    public async Task SplitAsync_NoAudio_Throws(string body, AudioFailure failure)
    {
        var exception = await Assert.ThrowsAsync<AudioException>(() => SplitAsync(Encoding.UTF8.GetBytes(body)));

        Assert.Equal(failure, exception.Failure);
        Assert.Empty(lab.TempFiles());
    }

    [Fact]
    public async Task SplitAsync_NotOneSample_Throws() =>
        Assert.Equal(AudioFailure.Undecodable, (await Assert.ThrowsAsync<AudioException>(() => SplitAsync(Wav.Write(new PcmAudio(ReadOnlyMemory<float>.Empty, 16000))))).Failure);

    [Fact]
    public async Task SplitAsync_CutOff_Throws()
    {
        var speech = Wav.Write(Recordings.Read("librivox/sense_and_sensibility_01_austen_64kb-0870.wav"));
        var mp4 = await AudioLab.FfmpegAsync(speech, "-c:a aac", "m4a");

        Assert.Equal(AudioFailure.Undecodable, (await Assert.ThrowsAsync<AudioException>(() => SplitAsync(speech[..^1000]))).Failure);
        Assert.Equal(AudioFailure.Undecodable, (await Assert.ThrowsAsync<AudioException>(() => SplitAsync(mp4[..^1000]))).Failure);
        Assert.Empty(lab.TempFiles());
    }

    [Fact]
    public async Task SplitAsync_TooLong_Throws()
    {
        await using var strict = await AudioLab.StartAsync(("MaxRecordingDuration", "00:00:02"));
        var splitter = new RecordingSplitter(strict.Decoder, strict.Get<TempFiles>(), Activity);
        var body = new MemoryStream(Wav.Write(new PcmAudio(new float[3 * 16000], 16000)));

        var exception = await Assert.ThrowsAsync<AudioException>(() => splitter.SplitAsync(body, ThreeMinutes, (_, _) => Task.CompletedTask, Token));

        Assert.Equal(AudioFailure.TooLong, exception.Failure);
    }

    [Fact]
    public async Task SplitAsync_LongerThanAShortCallTakes_IsSplit()
    {
        await using var strict = await AudioLab.StartAsync(("MaxDecodedDuration", "00:00:02"));
        var splitter = new RecordingSplitter(strict.Decoder, strict.Get<TempFiles>(), Activity);
        var body = new MemoryStream(Wav.Write(new PcmAudio(new float[3 * 16000], 16000)));

        Assert.Equal(3, (await splitter.SplitAsync(body, ThreeMinutes, (_, _) => Task.CompletedTask, Token)).Seconds);
    }

    [Fact]
    public async Task SplitAsync_KeeperFails_PassesThroughAndLeavesNothing()
    {
        var gone = new IOException("The storage is away.");
        var speech = Wav.Write(Recordings.Read("librivox/sense_and_sensibility_01_austen_64kb-0880.wav"));
        var splitter = new RecordingSplitter(lab.Decoder, lab.Get<TempFiles>(), Activity);

        Assert.Same(gone, await Assert.ThrowsAsync<IOException>(() => splitter.SplitAsync(new MemoryStream(speech), ThreeMinutes, (_, _) => throw gone, Token)));
        Assert.Empty(lab.TempFiles());
    }

    [Fact]
    public async Task SplitAsync_Twice_GivesTheSameBytes()
    {
        var speech = Recordings.Read("librivox/sense_and_sensibility_01_austen_64kb-0870.wav");
        var mp3 = await AudioLab.FfmpegAsync(Wav.Write(Recordings.Join(speech, speech, speech)), "-ar 44100 -b:a 64k", "mp3");

        var first = await SplitAsync(mp3, new PieceLimits(TimeSpan.FromSeconds(10)));
        var second = await SplitAsync(mp3, new PieceLimits(TimeSpan.FromSeconds(10)));

        Assert.Equal(first.Split.Pieces, second.Split.Pieces);
        Assert.All(first.Pieces.Zip(second.Pieces), pair => Assert.Equal(pair.First.Samples.Span, pair.Second.Samples.Span));
    }

    private VoiceActivity Activity => field ??= new VoiceActivity(host.Get<OfflineInventory>(), TimeProvider.System);

    private async Task<(SplitRecording Split, List<PcmAudio> Pieces)> SplitAsync(byte[] recording, PieceLimits? limits = null, VoiceActivity? activity = null)
    {
        var pieces = new List<PcmAudio>();
        var splitter = new RecordingSplitter(lab.Decoder, lab.Get<TempFiles>(), activity ?? Activity);
        var split = await splitter.SplitAsync(new TrickleStream(recording, 10_000), limits ?? ThreeMinutes, KeepAsync, Token);
        Assert.Equal(split.Pieces.Count, pieces.Count);
        return (split, pieces);

        async Task KeepAsync(RecordingPiece piece, CancellationToken cancellationToken)
        {
            Assert.Equal(pieces.Count, piece.Number);
            var copy = new MemoryStream();
            await piece.CopyToAsync(copy, cancellationToken);
            Assert.Equal(piece.Length, copy.Length);
            pieces.Add(Wav.Parse(copy.ToArray()));
        }
    }
}
