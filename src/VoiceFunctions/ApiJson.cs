using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Discovery;
using VoiceFunctions.Fallback;
using VoiceFunctions.Intent;
using VoiceFunctions.Jobs;
using VoiceFunctions.Jobs.Requests;
using VoiceFunctions.Problems;
using VoiceFunctions.Readiness;
using VoiceFunctions.Synthesis;
using VoiceFunctions.Transcription;
using VoiceFunctions.Usage;

namespace VoiceFunctions;

/// <summary>JSON as the API speaks it: camelCase, unknown and repeated fields refused.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(EstimateDocument))]
[JsonSerializable(typeof(JobAcceptedDocument))]
[JsonSerializable(typeof(JobDocument))]
[JsonSerializable(typeof(JobListDocument))]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(ProviderListDocument))]
[JsonSerializable(typeof(ReadinessDocument))]
[JsonSerializable(typeof(SynthesisDocument))]
[JsonSerializable(typeof(SynthesisJobRequest))]
[JsonSerializable(typeof(SynthesisRequest))]
[JsonSerializable(typeof(TranscriptionDocument))]
[JsonSerializable(typeof(UploadDocument))]
[JsonSerializable(typeof(UploadRequest))]
[JsonSerializable(typeof(UsageDocument))]
[JsonSerializable(typeof(VoiceIntent))]
[JsonSerializable(typeof(VoiceIntentRequest))]
[JsonSerializable(typeof(VoiceListDocument))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>As <see cref="Default"/>, with letters of every script as they are: the answers are JSON documents and never part of a page.</summary>
    public static ApiJson Wire => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
