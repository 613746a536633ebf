using System.Text.Json.Serialization;

namespace VoiceFunctions.Jobs.Transcripts;

/// <summary>JSON of what pieces are stored as until they are merged. It passes over what a later version has added.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PieceTranscript))]
internal sealed partial class TranscriptJson : JsonSerializerContext;
