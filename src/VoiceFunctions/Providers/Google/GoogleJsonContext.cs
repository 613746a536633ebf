using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceFunctions.Providers.Google;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GoogleSynthesizeRequest))]
[JsonSerializable(typeof(GoogleSynthesizeResponse))]
[JsonSerializable(typeof(GoogleRecognizeRequest))]
[JsonSerializable(typeof(GoogleRecognizeResponse))]
[JsonSerializable(typeof(GoogleError))]
internal sealed partial class GoogleJsonContext : JsonSerializerContext;
