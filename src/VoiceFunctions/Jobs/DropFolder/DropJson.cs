using System.Text.Json.Serialization;

namespace VoiceFunctions.Jobs.DropFolder;

/// <summary>JSON as it is written beside dropped files, for people to read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(DropReason))]
internal sealed partial class DropJson : JsonSerializerContext;
