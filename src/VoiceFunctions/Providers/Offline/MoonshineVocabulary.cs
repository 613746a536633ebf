using System.Buffers;
using System.Globalization;
using System.Text;

namespace VoiceFunctions.Providers.Offline;

/// <summary>Turns Moonshine's tokens back into text. The vocabulary is that of Llama: one token a line, the line number is the id.</summary>
internal sealed class MoonshineVocabulary
{
    /// <summary>Ids from here on are reserved by the model and stand for no text.</summary>
    public const int Size = 32000;
    public const int Begin = 1;
    public const int End = 2;

    // U+2581, which stands for a space.
    private const string Space = "▁";
    private readonly byte[][] _tokens;

    /// <exception cref="InvalidDataException">The file does not hold <see cref="Size"/> tokens.</exception>
    public MoonshineVocabulary(string path)
    {
        var lines = File.ReadAllText(path, Encoding.UTF8).Split('\n');
        if (lines.Length < Size) throw new InvalidDataException($"{path} holds {lines.Length} tokens instead of {Size}.");
        _tokens = new byte[Size][];
        for (var id = 0; id < Size; id++) _tokens[id] = Read(lines[id]);
    }

    public string Decode(IReadOnlyList<int> tokens)
    {
        var text = new ArrayBufferWriter<byte>(Math.Max(16, tokens.Count * 8));
        foreach (var token in tokens)
        {
            if (token is > End and < Size) text.Write(_tokens[token]);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan).Trim();
    }

    private static byte[] Read(string token) =>
        token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal)
        && byte.TryParse(token.AsSpan(3, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value)
            ? [value]
            : Encoding.UTF8.GetBytes(token.Replace(Space, " ", StringComparison.Ordinal));
}
