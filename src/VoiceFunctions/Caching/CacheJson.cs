using System.Text.Json.Serialization;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Caching;

/// <summary>JSON as results are stored: unlike the API's, it passes over what a later version has added.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SpeechOutcome))]
[JsonSerializable(typeof(Transcript))]
internal sealed partial class CacheJson : JsonSerializerContext;
