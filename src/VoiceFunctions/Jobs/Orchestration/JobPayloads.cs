using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using VoiceFunctions.Jobs.Callbacks;
using VoiceFunctions.Jobs.Chunks;

namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>JSON as orchestrations pass it on, and as the temporary blobs of jobs hold it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNameCaseInsensitive = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ChunkCall))]
[JsonSerializable(typeof(ChunkList))]
[JsonSerializable(typeof(ChunkOutcome))]
[JsonSerializable(typeof(ChunksEnd))]
[JsonSerializable(typeof(ChunksInput))]
[JsonSerializable(typeof(DeliveryCall))]
[JsonSerializable(typeof(DeliveryEnd))]
[JsonSerializable(typeof(EndCall))]
[JsonSerializable(typeof(IReadOnlyList<JobChunk>))]
[JsonSerializable(typeof(JobInput))]
[JsonSerializable(typeof(JobManifest))]
[JsonSerializable(typeof(JobPlan))]
[JsonSerializable(typeof(JobProgress))]
[JsonSerializable(typeof(JobReference))]
[JsonSerializable(typeof(JobStop))]
[JsonSerializable(typeof(NotifyInput))]
[JsonSerializable(typeof(PublishCall))]
[JsonSerializable(typeof(StitchCall))]
[JsonSerializable(typeof(StitchEnd))]
[JsonSerializable(typeof(string))]
internal sealed partial class JobPayloads : JsonSerializerContext
{
    /// <summary>For the worker, which reads its own types by the same serializer: that of a timer, for one.</summary>
    public static JsonSerializerOptions Worker => field ??= new(Default.Options) { TypeInfoResolver = JsonTypeInfoResolver.Combine(Default, new DefaultJsonTypeInfoResolver()) };
}
