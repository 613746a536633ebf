using System.Numerics.Tensors;
using System.Text;
using CsCheck;
using VoiceFunctions.Audio;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tests.Audio;

public sealed class PlainMp3Tests(AudioLab lab) : IClassFixture<AudioLab>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(16_000)]
    [InlineData(22_050)]
    [InlineData(24_000)]
    [InlineData(32_000)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    public async Task Decode_EveryRate_GivesTheSamplesOfFfmpeg(int rate)
    {
        var file = await Mp3Async(1.5, rate);

        var decoded = Decode(file.Bytes)!;

        var reference = await lab.Decoder.DecodeWholeAsync(file.OpenRead(), rate, Token);
        Assert.Equal((rate, reference.Samples.Length), (decoded.SampleRate, decoded.Samples.Length));
        var difference = new float[decoded.Samples.Length];
        TensorPrimitives.Subtract(decoded.Samples.Span, reference.Samples.Span, difference);
        // ffmpeg gives 16 bits: half a step apart, and what the arithmetic of the two differs in.
        Assert.InRange(Math.Abs(TensorPrimitives.MaxMagnitude<float>(difference)), 0, 0.6f / 32768);
    }

    [Fact]
    public async Task Decode_WithoutAHeaderOfLame_TakesNothingOff()
    {
        var file = await Mp3Async(1, 24_000);
        var first = MpegFrame.Parse(Frames(file.Bytes.Span))!.Value;

        var decoded = Decode(Frames(file.Bytes.Span)[first.Bytes..].ToArray())!;

        Assert.Equal(0, decoded.Samples.Length % first.Samples);
        Assert.InRange(decoded.Duration.TotalSeconds, 1.02, 1.12);
    }

    [Fact]
    public async Task Decode_CutOffAnywhere_IsNotTakenForWhole()
    {
        var file = (await Mp3Async(0.5, 24_000)).Bytes;
        var last = LastFrame(file.Span);

        // Without just its last frame it passes: some encoders count the frame that holds the count.
        Assert.All(Enumerable.Range(1, last + 100).Where(missing => missing != last), missing => Assert.True(Refuses(file[..^missing]), $"{missing}"));
        Assert.True(Refuses(file[..(file.Length / 2)]));
    }

    [Fact]
    public async Task Decode_TagsAround_AreSkipped()
    {
        var file = (await Mp3Async(0.5, 24_000)).Bytes;
        var tag = new byte[128];
        "TAG"u8.CopyTo(tag);

        var decoded = Decode((byte[])[.. file.Span, .. tag])!;

        Assert.Equal(Decode(file)!.Samples.Length, decoded.Samples.Length);
    }

    [Fact]
    public async Task Decode_OutOfTheOrdinary_IsLeftToOthers()
    {
        var file = await Mp3Async(0.5, 24_000);
        var slow = await Mp3Async(0.5, 8000);
        var other = await Mp3Async(0.5, 48_000);

        Assert.Null(Decode(slow.Bytes));
        Assert.Null(Decode((byte[])[.. file.Bytes.Span, 1, 2, 3]));
        Assert.Null(Decode((byte[])[.. Frames(file.Bytes.Span), .. Frames(other.Bytes.Span)]));
        Assert.Null(Decode(Stereo(file.Bytes.Span)));
        Assert.Null(Decode(Encoding.ASCII.GetBytes("no audio at all, and yet some bytes")));
        Assert.Null(Decode(ReadOnlyMemory<byte>.Empty));
    }

    [Fact]
    public async Task Decode_DamagedBytes_GivesSamplesOrNothingOrSaysSo()
    {
        var file = (await Mp3Async(0.3, 24_000)).Bytes.ToArray();

        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Array[1, 30].Sample(damage =>
        {
            var damaged = (byte[])file.Clone();
            foreach (var (at, value) in damage)
            {
                damaged[at] = value;
            }

            try
            {
                return Decode(damaged) is not { } decoded || decoded.Samples.Length <= 24_000;
            }
            catch (AudioException)
            {
                return true;
            }
        });
    }

    [Fact]
    public async Task Decode_Cancelled_Ends()
    {
        var file = await Mp3Async(1, 24_000);

        Assert.ThrowsAny<OperationCanceledException>(() => PlainMp3.Measure(file, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Decode_LongerThanAnyCall_IsLeftToOthers() => Assert.Null(Decode(AudioSamples.SilentMp3(25_100)));

    [Fact]
    public void Decode_Silence_IsSilent() => Assert.True(AudioLevels.Measure(Decode(AudioSamples.SilentMp3(100))!.Samples.Span).IsSilent);

    private static PcmAudio? Decode(ReadOnlyMemory<byte> bytes) => PlainMp3.Decode(new EncodedAudio(bytes, AudioFormat.Mp3, 0), CancellationToken.None);

    private static bool Refuses(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            Decode(bytes);
            return false;
        }
        catch (AudioException exception)
        {
            return exception.Message.Contains("cut off", StringComparison.Ordinal);
        }
    }

    private static ReadOnlySpan<byte> Frames(ReadOnlySpan<byte> file) => file[(int)AudioContainerDetector.Id3Length(file)..];

    private static int LastFrame(ReadOnlySpan<byte> file)
    {
        var length = 0;
        for (file = Frames(file); !file.IsEmpty; file = file[length..])
        {
            length = MpegFrame.Parse(file)!.Value.Bytes;
        }

        return length;
    }

    /// <summary>The same frames, said to have two channels.</summary>
    private static byte[] Stereo(ReadOnlySpan<byte> file)
    {
        var frames = Frames(file).ToArray();
        for (var at = 0; at < frames.Length; at += MpegFrame.Parse(frames.AsSpan(at))!.Value.Bytes)
        {
            frames[at + 3] &= 0x3F;
        }

        return frames;
    }

    private Task<EncodedAudio> Mp3Async(double seconds, int rate) => lab.Encoder.EncodeAsync(Sounds.Chirp(seconds, rate), AudioFormat.Mp3, rate, Token);
}
