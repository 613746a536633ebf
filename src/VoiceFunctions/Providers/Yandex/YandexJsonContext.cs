using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceFunctions.Providers.Yandex;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(YandexRecognition))]
internal sealed partial class YandexJsonContext : JsonSerializerContext;
