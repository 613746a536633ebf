using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;
using VoiceFunctions.Jobs.Requests;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Jobs.DropFolder;

/// <summary>
/// The metadata of a dropped file as options of its job, under the names of the routes. Tools write metadata of their own, so other names are passed over. A
/// callback is none of the options: its secret would lie in the metadata for all to read.
/// </summary>
internal static class DropOptions
{
    private static readonly string[] Recognition =
        ["language", "prompt", "model", "provider", "providers", "cache", "timestamps", "diarize", "outputs", "title", "deadline"];

    private static readonly string[] Texts = ["voice", "language", "format", "instructions", "model", "provider", "cache", "consistency", "title", "deadline"];
    private static readonly string[] Numbers = ["sampleRate", "speed"];
    private static readonly string[] Lists = ["providers"];
    private static readonly string[] Flags = ["captions"];

    /// <exception cref="ProblemException">An option is out of range.</exception>
    public static TranscriptionJobRequest Transcription(IDictionary<string, string> metadata, string tenant) => TranscriptionJobParameters.Parse(
        Known(metadata, Recognition).Select(option => KeyValuePair.Create(option.Name, new StringValues(option.Value))), tenant, named: false, inAddress: false);

    /// <exception cref="ProblemException">An option is not of its type.</exception>
    public static SynthesisJobRequest Synthesis(IDictionary<string, string> metadata)
    {
        var body = new JsonObject();
        foreach (var (name, value) in Known(metadata, [.. Texts, .. Numbers, .. Lists, .. Flags]))
        {
            // What is not of its type stays text, and is found fault with as in the body of a request.
            body[name] = Numbers.Contains(name) && decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
                : Flags.Contains(name) && bool.TryParse(value, out var flag) ? JsonValue.Create(flag)
                : Lists.Contains(name) ? new JsonArray([.. value.Split(',', StringSplitOptions.TrimEntries).Select(item => (JsonNode?)JsonValue.Create(item))])
                : JsonValue.Create(value);
        }

        try
        {
            return body.Deserialize(ApiJson.Wire.SynthesisJobRequest)!;
        }
        catch (JsonException exception)
        {
            throw JsonProblem.From(exception);
        }
    }

    /// <summary>Metadata that is an option. Its names differ in case from tool to tool.</summary>
    private static IEnumerable<(string Name, string Value)> Known(IDictionary<string, string> metadata, IEnumerable<string> names) =>
        from name in names
        from entry in metadata
        where entry.Key.Equals(name, StringComparison.OrdinalIgnoreCase)
        select (name, entry.Value);
}
