using Microsoft.Extensions.Time.Testing;
using Microsoft.ML.OnnxRuntime;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Providers.Offline;

namespace VoiceFunctions.Tests.Providers.Offline;

public sealed class MoonshineTranscriberTests : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);
    private readonly FakeTimeProvider _time = new();
    private readonly OfflineHost _host = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("offline-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RecogniserFiles Files => _host.Get<OfflineInventory>().Recogniser!;

    [Fact]
    public async Task Transcribe_FirstUseBySeveral_LoadsOnceAndUnloadsWhenIdle()
    {
        var loads = 0;
        using var transcriber = Create(() =>
        {
            Interlocked.Increment(ref loads);
            return new MoonshineRecogniser(Files);
        });
        Assert.False(transcriber.IsLoaded);
        var audio = Recordings.Read("goforward.raw");
        var transcripts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => transcriber.TranscribeAsync(Blocks(audio), Token)));
        Assert.Equal(1, loads);
        Assert.All(transcripts, transcript => Assert.Equal("Go forward ten meters.", Assert.Single(transcript.Segments).Speech.Text));
        _time.Advance(Idle);
        Assert.False(transcriber.IsLoaded);
        Assert.Single((await transcriber.TranscribeAsync(Blocks(audio), Token)).Segments);
        Assert.Equal(2, loads);
    }

    [Fact]
    public async Task Transcribe_CancelledInTheMiddle_StopsAndLeavesTheModelUsable()
    {
        using var transcriber = Create(() => new MoonshineRecogniser(Files));
        using var leaving = new CancellationTokenSource();
        var audio = Recordings.Join([.. Recordings.All.Select(recording => Recordings.Read(recording.File))]);
        var blocks = 0;
        var call = transcriber.TranscribeAsync(Blocks(audio, () =>
        {
            if (++blocks == 20) leaving.Cancel();
        }), leaving.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.InRange(blocks, 20, 21);

        // Nobody holds the model any more, so it can be given back, and the next call has its worker.
        _time.Advance(Idle);
        Assert.False(transcriber.IsLoaded);
        Assert.Single((await transcriber.TranscribeAsync(Blocks(Recordings.Read("goforward.raw")), Token)).Segments);
    }

    [Fact]
    public async Task Transcribe_AudioThatFails_ReportsThatAndFreesTheModel()
    {
        using var transcriber = Create(() => new MoonshineRecogniser(Files));
        var audio = Recordings.Join([.. Recordings.All.Select(recording => Recordings.Read(recording.File))]);
        var blocks = 0;
        await Assert.ThrowsAsync<AudioException>(() => transcriber.TranscribeAsync(
            Blocks(audio, () =>
            {
                if (++blocks == 30) throw new AudioException(AudioFailure.Undecodable, "cut off");
            }),
            Token));
        _time.Advance(Idle);
        Assert.False(transcriber.IsLoaded);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(1_000_000)]
    public async Task Transcribe_DamagedModel_IsReportedAndTheRepairedOneIsUsed(int bytes)
    {
        var damaged = Path.Combine(_folder, "decoder.onnx");
        await File.WriteAllBytesAsync(damaged, (await File.ReadAllBytesAsync(Files.Decoder, Token))[..bytes], Token);
        using var transcriber = Create(() => new MoonshineRecogniser(Files with { Decoder = damaged }));
        var audio = Recordings.Read("goforward.raw");
        await Assert.ThrowsAsync<OnnxRuntimeException>(() => transcriber.TranscribeAsync(Blocks(audio), Token));
        File.Copy(Files.Decoder, damaged, overwrite: true);
        Assert.Single((await transcriber.TranscribeAsync(Blocks(audio), Token)).Segments);
    }

    [Fact]
    public async Task GetText_DamagedModel_IsUnavailable()
    {
        var models = Path.Combine(_folder, "models");
        var source = Path.GetDirectoryName(Path.GetDirectoryName(Files.Decoder))!;
        // Hidden entries are passed over: what other processes compile and keep there is none of the models.
        foreach (var file in Directory.EnumerateFiles(source, "*", new EnumerationOptions { RecurseSubdirectories = true }))
        {
            var target = Path.Combine(models, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        // Of the right size, so that the start takes it for whole.
        await File.WriteAllBytesAsync(Path.Combine(models, "moonshine-tiny/decoder.onnx"), new byte[new FileInfo(Files.Decoder).Length], Token);
        await File.WriteAllBytesAsync(Path.Combine(models, "flite/flite.wasm"), new byte[new FileInfo(_host.Get<OfflineInventory>().Flite!.Module).Length], Token);
        using var host = new OfflineHost(new() { ["Offline:ModelsPath"] = models });
        Assert.Equal(ProviderFailureKind.Unavailable, (await Assert.ThrowsAsync<ProviderException>(() => host.ListenAsync(Recordings.Read("goforward.raw")))).Kind);
        Assert.Equal(ProviderFailureKind.Unavailable, (await Assert.ThrowsAsync<ProviderException>(() => host.SpeakAsync("Hello"))).Kind);
    }

    public void Dispose()
    {
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private MoonshineTranscriber Create(Func<MoonshineRecogniser> load) => new(load, workers: 1, Idle, _time);

    private static async IAsyncEnumerable<ReadOnlyMemory<float>> Blocks(PcmAudio audio, Action? beforeEach = null)
    {
        for (var at = 0; at < audio.Samples.Length; at += 8000)
        {
            await Task.Yield();
            beforeEach?.Invoke();
            yield return audio.Samples[at..Math.Min(audio.Samples.Length, at + 8000)];
        }
    }
}
