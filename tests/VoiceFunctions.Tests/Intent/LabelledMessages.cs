using System.Text.Json;
using System.Text.Json.Serialization;

namespace VoiceFunctions.Tests.Intent;

internal static class LabelledMessages
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static IReadOnlyList<LabelledMessage> Read(string file) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Intent", file)).Select(line => JsonSerializer.Deserialize<LabelledMessage>(line, Options)!)];
}
