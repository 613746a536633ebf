using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceFunctions.Providers.Offline;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(InstalledModels))]
internal sealed partial class OfflineJsonContext : JsonSerializerContext;
