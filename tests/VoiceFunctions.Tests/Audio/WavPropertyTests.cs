using CsCheck;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Tests.Audio;

public sealed class WavPropertyTests
{
    private static readonly byte[] Valid = new WavBuilder().Chunk("LIST", new byte[5]).Chunk("fmt ", WavBuilder.Format(1, 2, 22050, 16))
        .Chunk("data", WavBuilder.Samples(WavEncoding.Signed16, new double[400])).Chunk("id3 ", new byte[9]).Build();

    [Fact]
    public void Parse_RandomBytes_GivesAudioOrAudioException() => Gen.Byte.Array[0, 300].Sample(bytes => GivesAudioOrAudioException(bytes));

    [Fact]
    public void Parse_RandomBytesBehindAHeader_GivesAudioOrAudioException() =>
        Gen.Byte.Array[0, 300].Sample(bytes => GivesAudioOrAudioException([.. "RIFF\0\0\0\0WAVE"u8, .. bytes]));

    [Fact]
    public void Parse_RandomFormatChunk_GivesAudioOrAudioException() =>
        Gen.Select(Gen.Byte.Array[16, 40], Gen.UInt, Gen.UInt).Sample((format, riffSize, dataSize) =>
            GivesAudioOrAudioException(new WavBuilder { RiffSize = riffSize }.Chunk("fmt ", format).Chunk("data", new byte[64], dataSize).Build()));

    [Fact]
    public void Parse_AnyByteChanged_GivesAudioOrAudioException()
    {
        for (var position = 0; position < Valid.Length; position++)
        {
            foreach (var value in (ReadOnlySpan<byte>)[0x00, 0x01, 0x7F, 0x80, 0xFF, (byte)(Valid[position] ^ 0x10)])
            {
                var mutated = (byte[])Valid.Clone();
                mutated[position] = value;
                Assert.True(GivesAudioOrAudioException(mutated));
            }
        }
    }

    [Fact]
    public void Parse_CutAnywhereBeforeItsDataEnd_IsUndecodable()
    {
        var end = Valid.Length - 8 - 10;
        for (var length = 0; length < end; length++)
        {
            var cut = Valid.AsMemory(0, length);
            Assert.Equal(AudioFailure.Undecodable, Assert.Throws<AudioException>(() => Wav.Parse(cut)).Failure);
        }

        Assert.Equal(200, Wav.Parse(Valid.AsMemory(0, end)).Samples.Length);
    }

    [Theory]
    [InlineData(0x7FFFEFFEu)]
    [InlineData(0xF0000000u)]
    [InlineData(0xFFFFFFFFu)]
    public async Task ReadAsync_SizeOfGigabytes_AllocatesByWhatArrives(uint size)
    {
        var wav = new WavBuilder().Chunk("fmt ", WavBuilder.Format(1, 1, 16000, 16)).Chunk("data", new byte[1000], size).Build();
        GivesAudioOrAudioException(wav);

        var before = GC.GetAllocatedBytesForCurrentThread();
        GivesAudioOrAudioException(wav);
        var inMemory = GC.GetAllocatedBytesForCurrentThread() - before;
        before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            // Everything about this stream is synchronous, so the thread stays the same.
            await Wav.ReadAsync(new TrickleStream(wav, 100), CancellationToken.None);
        }
        catch (AudioException exception)
        {
            Assert.Equal(AudioFailure.Undecodable, exception.Failure);
        }

        var streamed = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(inMemory, 0, 256 * 1024);
        Assert.InRange(streamed, 0, 256 * 1024);
    }

    private static bool GivesAudioOrAudioException(byte[] wav)
    {
        try
        {
            return Wav.Parse(wav).Samples.Length <= wav.Length;
        }
        catch (AudioException)
        {
            return true;
        }
    }
}
