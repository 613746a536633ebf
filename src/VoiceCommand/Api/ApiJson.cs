using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceCommand.Api;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AcceptedDocument))]
[JsonSerializable(typeof(JobDocument))]
[JsonSerializable(typeof(JobListDocument))]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(SpeechRequest))]
[JsonSerializable(typeof(TranscriptionRequest))]
[JsonSerializable(typeof(UploadDocument))]
[JsonSerializable(typeof(UploadRequest))]
[JsonSerializable(typeof(VoiceListDocument))]
internal sealed partial class ApiJson : JsonSerializerContext;
