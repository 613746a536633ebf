using System.Text.Json.Serialization;

namespace EmbeddedFunctions.Hosting.Blobs;

[JsonSerializable(typeof(IDictionary<string, string>))]
[JsonSerializable(typeof(PoisonMessage))]
[JsonSerializable(typeof(ScanInfo))]
internal sealed partial class BlobJson : JsonSerializerContext;
