using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Load.Claims;
using VoiceFunctions.Load.Reporting;

namespace VoiceFunctions.Load;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Claim[]))]
[JsonSerializable(typeof(RunReport))]
internal sealed partial class LoadJson : JsonSerializerContext;
