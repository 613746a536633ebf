using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs;

/// <summary>JSON as jobs are stored and as orchestrations pass it on: unlike the API's, it passes over what a later version has added.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobInput))]
[JsonSerializable(typeof(IReadOnlyList<SpeechAttempt>))]
internal sealed partial class JobJson : JsonSerializerContext
{
    /// <summary>As the worker needs it, which reads its own types by the same serializer: that of a timer, for one.</summary>
    public static JsonSerializerOptions Payloads => field ??= new(Default.Options)
    {
        PropertyNameCaseInsensitive = true,
        TypeInfoResolver = JsonTypeInfoResolver.Combine(Default, new DefaultJsonTypeInfoResolver()),
    };
}
