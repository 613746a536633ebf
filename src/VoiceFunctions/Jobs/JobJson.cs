using System.Text.Json.Serialization;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs;

/// <summary>JSON as jobs are stored: unlike the API's, it passes over what a later version has added.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(IReadOnlyList<SpeechAttempt>))]
[JsonSerializable(typeof(TranscriptionJobRequest))]
internal sealed partial class JobJson : JsonSerializerContext;
