using System.Text.Json.Serialization;

namespace VoiceFunctions.Providers.OpenAI;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OpenAISpeechRequest))]
[JsonSerializable(typeof(OpenAITranscription))]
internal sealed partial class OpenAIJsonContext : JsonSerializerContext;
