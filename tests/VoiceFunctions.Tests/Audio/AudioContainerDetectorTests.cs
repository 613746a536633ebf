using System.Text;
using CsCheck;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Tests.Audio;

public sealed class AudioContainerDetectorTests
{
    /// <summary>MPEG-1 Layer III, 128 kbit/s, 44.1 kHz: 417 bytes.</summary>
    private static readonly byte[] Mp3Frame = Frame([0xFF, 0xFB, 0x90, 0x64], 417);

    /// <summary>ADTS, LC, 44.1 kHz, mono, 100 bytes.</summary>
    private static readonly byte[] AdtsFrame = Frame([0xFF, 0xF1, 0x50, 0x40, 0x0C, 0x9F, 0xFC], 100);

    public static TheoryData<string, byte[], AudioContainer> Heads() => new()
    {
        { "wav", Riff("RIFF", "WAVE"), AudioContainer.Wav },
        { "big-endian wav", Riff("RIFX", "WAVE"), AudioContainer.Wav },
        { "wav over 4 GB", Riff("RF64", "WAVE"), AudioContainer.Wav },
        { "avi", Riff("RIFF", "AVI "), AudioContainer.Unknown },
        { "webp", Riff("RIFF", "WEBP"), AudioContainer.Unknown },
        { "ogg", [.. "OggS"u8, 0, 2, .. new byte[30]], AudioContainer.Ogg },
        { "flac", [.. "fLaC"u8, .. new byte[40]], AudioContainer.Flac },
        { "flac behind ID3", [.. Id3(1000), .. "fLaC"u8, .. new byte[40]], AudioContainer.Flac },
        { "mp3", [.. Mp3Frame, .. Mp3Frame], AudioContainer.Mp3 },
        { "mp3 of one frame", Mp3Frame, AudioContainer.Mp3 },
        { "mp3 behind ID3", [.. Id3(200), .. Mp3Frame, .. Mp3Frame], AudioContainer.Mp3 },
        { "mp3 behind two ID3", [.. Id3(200), .. Id3(30), .. Mp3Frame], AudioContainer.Mp3 },
        { "mp3 behind a picture larger than the head", Id3(3_000_000).AsSpan(0, 16_384).ToArray(), AudioContainer.Mp3 },
        { "mp3 cut out of a broadcast", [.. Enumerable.Repeat((byte)0x37, 300), .. Mp3Frame, .. Mp3Frame, .. Mp3Frame], AudioContainer.Mp3 },
        { "one sync word in junk", [.. Enumerable.Repeat((byte)0x37, 300), .. Mp3Frame.AsSpan(0, 200)], AudioContainer.Unknown },
        { "a sync word and then text", [.. Mp3Frame.AsSpan(0, 4), .. Encoding.ASCII.GetBytes(new string('x', 900))], AudioContainer.Unknown },
        { "mpeg layer II", Frame([0xFF, 0xFD, 0x90, 0x64], 500), AudioContainer.Unknown },
        { "UTF-16 text", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(new string('a', 2000))], AudioContainer.Unknown },
        { "adts", [.. AdtsFrame, .. AdtsFrame], AudioContainer.Adts },
        { "adts of one frame", AdtsFrame, AudioContainer.Adts },
        { "adts, second frame wrong", [.. AdtsFrame, .. new byte[100]], AudioContainer.Unknown },
        { "m4a", [0, 0, 0, 0x20, .. "ftypM4A "u8, .. new byte[20]], AudioContainer.Mp4 },
        { "mov without ftyp", [0, 0, 0, 8, .. "wide"u8, 0, 0, 1, 0, .. "mdat"u8], AudioContainer.Mp4 },
        { "webm", [0x1A, 0x45, 0xDF, 0xA3, 0x9F, .. new byte[30]], AudioContainer.Matroska },
        { "aiff", Riff("FORM", "AIFF"), AudioContainer.Aiff },
        { "aifc", Riff("FORM", "AIFC"), AudioContainer.Aiff },
        { "8svx", Riff("FORM", "8SVX"), AudioContainer.Unknown },
        { "amr", [.. "#!AMR\n"u8, 0x3C], AudioContainer.Amr },
        { "amr-wb", [.. "#!AMR-WB\n"u8, 0x24], AudioContainer.Amr },
        { "caf", [.. "caff"u8, 0, 1, 0, 0], AudioContainer.Caf },
        { "hls playlist", "#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:5,\nfile:///etc/passwd\n"u8.ToArray(), AudioContainer.Unknown },
        { "concat script", "ffconcat version 1.0\nfile /etc/passwd\n"u8.ToArray(), AudioContainer.Unknown },
        { "dash manifest", "<?xml version=\"1.0\"?><MPD/>"u8.ToArray(), AudioContainer.Unknown },
        { "text", "hello"u8.ToArray(), AudioContainer.Unknown },
        { "zeros", new byte[5000], AudioContainer.Unknown },
        { "ones", [.. Enumerable.Repeat((byte)0xFF, 5000)], AudioContainer.Unknown },
        { "nothing", [], AudioContainer.Unknown },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public void Detect_Head_NamesTheContainer(string what, byte[] head, AudioContainer expected) =>
        Assert.True(expected == AudioContainerDetector.Detect(head), $"{what}: {AudioContainerDetector.Detect(head)}");

    [Theory]
    [MemberData(nameof(Heads))]
    public void Detect_HeadCutAnywhere_NeverFails(string what, byte[] head, AudioContainer expected)
    {
        for (var length = 0; length <= Math.Min(head.Length, 600); length++)
        {
            var found = AudioContainerDetector.Detect(head.AsSpan(0, length));
            var fits = found == AudioContainer.Unknown || expected == AudioContainer.Unknown || found == expected || head[0] == 'I';
            Assert.True(fits, $"{what} at {length}: {found}");
        }
    }

    [Fact]
    public void Detect_RandomBytes_AreNoAudio() => Gen.Byte.Array[64, 4096].Sample(bytes =>
    {
        // A sync word in the first bytes may pass for a file of one frame.
        bytes[0] = 0x20;
        return AudioContainerDetector.Detect(bytes) == AudioContainer.Unknown;
    });

    private static byte[] Riff(string kind, string form) => [.. Encoding.ASCII.GetBytes(kind), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(form), .. new byte[8]];

    private static byte[] Id3(int size)
    {
        byte[] head = [.. "ID3"u8, 4, 0, 0, (byte)(size >> 21), (byte)((size >> 14) & 0x7F), (byte)((size >> 7) & 0x7F), (byte)(size & 0x7F)];
        return [.. head, .. new byte[size]];
    }

    private static byte[] Frame(ReadOnlySpan<byte> header, int length)
    {
        var frame = new byte[length];
        header.CopyTo(frame);
        return frame;
    }
}
