using System.Diagnostics;
using VoiceFunctions.Audio;
using VoiceFunctions.Audio.Stitching;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tests.Audio.Stitching;

/// <summary>Alone, since what is counted is the whole process.</summary>
[CollectionDefinition(nameof(AudioStitcherMemoryTests), DisableParallelization = true)]
[Collection(nameof(AudioStitcherMemoryTests))]
public sealed class AudioStitcherMemoryTests(AudioLab lab) : IClassFixture<AudioLab>
{
    private const int Rate = 24_000;

    [Theory]
    [InlineData(AudioFormat.Wav, 10)]
    [InlineData(AudioFormat.Wav, 60)]
    [InlineData(AudioFormat.Mp3, 10)]
    [InlineData(AudioFormat.Mp3, 60)]
    public async Task StitchAsync_ManyMinutes_TakesNoMoreMemory(AudioFormat format, int minutes)
    {
        var minute = AudioSamples.Wav(AudioSamples.SpeechLike(60, Rate), Rate);
        var chunks = Enumerable.Range(0, minutes).Select(_ => new ChunkAudio(_ => Task.FromResult<Stream>(new MemoryStream(minute, writable: false)))).ToArray();
        var stitcher = lab.Get<AudioStitcher>();
        _ = await stitcher.StitchAsync(chunks[..1], format, Rate, Stream.Null, TestContext.Current.CancellationToken);
        var (allocated, begin) = (GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());

        var stitched = await stitcher.StitchAsync(chunks, format, Rate, Stream.Null, TestContext.Current.CancellationToken);

        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        Measurement.Note(
            $"Stitched {minutes} minutes to {AudioFormats.Name(format)}, {stitched.Bytes / 1e6:0.0} MB: {Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0} s, "
            + $"{allocated / 1e6:0.0} MB of {minutes * minute.Length / 1e6:0} MB of samples ever allocated.");
        Assert.Equal(minutes * 60L * Rate, stitched.Samples.Sum());
        Assert.InRange(allocated, 0, minutes * (long)minute.Length / 4);
    }
}
