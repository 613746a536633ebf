using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EmbeddedFunctions.Durability.History;

[JsonSerializable(typeof(InstanceHead))]
[JsonSerializable(typeof(HistoryRow))]
[JsonSerializable(typeof(CarryOver))]
[JsonSerializable(typeof(InboxMessage))]
[JsonSerializable(typeof(HintRow))]
[JsonSerializable(typeof(ReceiptRow))]
internal sealed partial class DurableJson : JsonSerializerContext
{
    /// <summary>Nothing of it is ever put into HTML, so text stays as short as it is.</summary>
    public static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static DurableJson Rows { get; } = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = Encoder,
    });

    public static byte[] Write<T>(T row) => JsonSerializer.SerializeToUtf8Bytes(row, (JsonTypeInfo<T>)Rows.GetTypeInfo(typeof(T))!);

    /// <exception cref="JsonException">This is no such row.</exception>
    public static T Read<T>(ReadOnlySpan<byte> row) =>
        JsonSerializer.Deserialize(row, (JsonTypeInfo<T>)Rows.GetTypeInfo(typeof(T))!) ?? throw new JsonException($"A row has null for a {typeof(T).Name}.");
}
