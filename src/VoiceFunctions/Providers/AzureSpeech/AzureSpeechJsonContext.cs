using System.Text.Json.Serialization;

namespace VoiceFunctions.Providers.AzureSpeech;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AzureTranscriptionDefinition))]
[JsonSerializable(typeof(AzureTranscription))]
internal sealed partial class AzureSpeechJsonContext : JsonSerializerContext;
