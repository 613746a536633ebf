using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceFunctions.Providers;

/// <summary>The three names and nothing else: the converter of the framework would also take a number, or several names as the sum of their numbers.</summary>
internal sealed class CacheModeConverter : JsonConverter<CacheMode>
{
    public override CacheMode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType != JsonTokenType.String ? throw new JsonException()
        : reader.ValueTextEquals("default"u8) ? CacheMode.Default
        : reader.ValueTextEquals("bypass"u8) ? CacheMode.Bypass
        : reader.ValueTextEquals("only"u8) ? CacheMode.Only
        : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, CacheMode value, JsonSerializerOptions options) => writer.WriteStringValue(value switch
    {
        CacheMode.Bypass => "bypass"u8,
        CacheMode.Only => "only"u8,
        _ => "default"u8,
    });
}
