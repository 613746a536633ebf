using CsCheck;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Tests.Audio;

public sealed class CutFileTests
{
    private static readonly (AudioContainer Container, byte[] Magic)[] Magics =
    [
        (AudioContainer.Mp4, [0, 0, 0, 16, .. "ftypM4A "u8, 0, 0, 0, 0]),
        (AudioContainer.Ogg, [.. "OggS"u8, 0, 2]),
        (AudioContainer.Matroska, [0x1A, 0x45, 0xDF, 0xA3, 0x81, 0, 0x18, 0x53, 0x80, 0x67]),
        (AudioContainer.Aiff, "FORM"u8.ToArray()),
        (AudioContainer.Caf, [.. "caff"u8, 0, 1, 0, 0]),
        (AudioContainer.Flac, "fLaC"u8.ToArray()),
        (AudioContainer.Mp3, [0xFF, 0xFB, 0x90, 0xC4]),
        (AudioContainer.Adts, [0xFF, 0xF1]),
    ];

    [Fact]
    public void Refuse_RandomBytes_AnswersOrSaysThatItIsCut() => Gen.Select(Gen.Int[0, Magics.Length - 1], Gen.Byte.Array[0, 300]).Sample((which, rest) =>
    {
        var magic = Magics[which];
        using var file = new MemoryStream([.. magic.Magic, .. rest]);
        try
        {
            CutFile.Refuse(file, magic.Container);
        }
        catch (AudioException exception)
        {
            Assert.Equal(AudioFailure.Undecodable, exception.Failure);
        }

        Assert.True(DeclaredLength.Read(file, magic.Container, 0) is not { } declared || declared.Duration >= TimeSpan.Zero);
    });

    [Fact]
    public void Refuse_NothingButEmptyBoxes_GivesUp()
    {
        var file = new MemoryStream();
        for (var box = 0; box < 1_000_000; box++) file.Write([0, 0, 0, 8, .. "free"u8]);
        var counted = new CountingStream(file.ToArray());

        CutFile.Refuse(counted, AudioContainer.Mp4);

        Assert.InRange(counted.Reads, 1, 250_000);
    }

    private sealed class CountingStream(byte[] content) : MemoryStream(content)
    {
        public int Reads { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            Reads++;
            return base.Read(buffer);
        }
    }
}
