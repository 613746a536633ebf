using System.Text;
using Google.Protobuf;

namespace VoiceFunctions.EndToEnd.Telemetry;

/// <summary>A message of protobuf by the numbers of its fields (protobuf.dev/programming-guides/encoding), as the published schemas of OTLP give them.</summary>
internal sealed class OtlpMessage
{
    private readonly ILookup<int, ByteString> _parts;
    private readonly ILookup<int, ulong> _numbers;

    private OtlpMessage(List<(int Field, ByteString Value)> parts, List<(int Field, ulong Value)> numbers)
    {
        _parts = parts.ToLookup(part => part.Field, part => part.Value);
        _numbers = numbers.ToLookup(number => number.Field, number => number.Value);
    }

    public static OtlpMessage Read(byte[] bytes)
    {
        List<(int, ByteString)> parts = [];
        List<(int, ulong)> numbers = [];
        var input = new CodedInputStream(bytes);
        while (input.ReadTag() is var tag and not 0)
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.LengthDelimited:
                    parts.Add((field, input.ReadBytes()));
                    break;
                case WireFormat.WireType.Varint:
                    numbers.Add((field, input.ReadUInt64()));
                    break;
                case WireFormat.WireType.Fixed64:
                    numbers.Add((field, input.ReadFixed64()));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return new OtlpMessage(parts, numbers);
    }

    /// <summary>The messages that a path of fields leads to.</summary>
    public IEnumerable<OtlpMessage> All(params IEnumerable<int> path) =>
        path.Aggregate((IEnumerable<OtlpMessage>)[this], (messages, field) => messages.SelectMany(message => message._parts[field]).Select(part => Read(part.ToByteArray())));

    public string Text(int field) => Encoding.UTF8.GetString(_parts[field].FirstOrDefault(ByteString.Empty).Span);

    public string Id(int field) => Convert.ToHexStringLower(_parts[field].FirstOrDefault(ByteString.Empty).Span);

    public ulong Number(int field) => _numbers[field].FirstOrDefault();
}
