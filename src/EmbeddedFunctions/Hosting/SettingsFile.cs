using System.Text.Json;

namespace EmbeddedFunctions.Hosting;

/// <summary>A JSON file that a person wrote: comments and trailing commas are allowed, and every complaint names the file.</summary>
internal sealed class SettingsFile : IDisposable
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly JsonDocument _document;
    private readonly string _path;

    private SettingsFile(string path, JsonDocument document)
    {
        _path = path;
        _document = document;
    }

    public JsonElement Root => _document.RootElement;

    /// <summary>Null when there is no such file.</summary>
    /// <exception cref="InvalidDataException">It is not JSON; the message has the line.</exception>
    public static SettingsFile? Open(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return new SettingsFile(path, JsonDocument.Parse(File.ReadAllText(path), Lenient));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}({exception.LineNumber + 1},{exception.BytePositionInLine + 1}): {exception.Message}", exception);
        }
    }

    public IEnumerable<(string Name, JsonElement Value)> Properties(JsonElement element, string? name = null) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().Select(property => (property.Name, property.Value))
            : throw Invalid(name ?? "the file", "must be an object");

    public string String(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Invalid(name, "must be a string");

    public int PositiveNumber(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) && number > 0
            ? number
            : throw Invalid(name, "must be a whole number above zero");

    public InvalidDataException Invalid(string name, string rule) => new($"{_path}: {name} {rule}.");

    public InvalidDataException NotSupported(string name) => new($"{_path}: {name} is not supported by the embedded runtime.");

    public void Dispose() => _document.Dispose();
}
