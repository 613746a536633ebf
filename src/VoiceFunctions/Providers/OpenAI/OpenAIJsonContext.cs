using System.Text.Json.Serialization;

namespace VoiceFunctions.Providers.OpenAI;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(OpenAITranscription))]
internal sealed partial class OpenAIJsonContext : JsonSerializerContext;
