using System.Text.Json.Serialization;

namespace EmbeddedFunctions.Durability.History;

/// <summary>
/// A serialised value: with what refers to it, or in a blob of its own when it is large. <see cref="Value"/> is what orchestrators and activities work
/// with; it is there when it was made here, and otherwise when <see cref="Payloads"/> has loaded it.
/// </summary>
internal sealed class Payload
{
    private string? _value;

    /// <summary>The value itself, unless it is in a blob.</summary>
    public string? Text { get; init; }

    /// <summary>The blob that has the value.</summary>
    public string? Blob { get; init; }

    [JsonIgnore]
    public string? Value
    {
        get => _value ?? Text ?? (Blob is null ? null : throw new InvalidOperationException("The payload has not been loaded."));
        set => _value = value;
    }

    [JsonIgnore]
    public bool IsLoaded => _value is not null || Blob is null;

    /// <summary>A value that is not stored yet; null stays null.</summary>
    public static Payload? Of(string? value) => value is null ? null : new Payload { Text = value };
}
