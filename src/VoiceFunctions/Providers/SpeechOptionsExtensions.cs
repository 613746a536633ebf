using Microsoft.Extensions.AI;

namespace VoiceFunctions.Providers;

/// <summary>Carries a <see cref="SpeechCall"/> in the options of the speech ports.</summary>
public static class SpeechOptionsExtensions
{
    private const string Key = "VoiceFunctions.SpeechCall";
    private static readonly SpeechCall Nothing = new();

    public static SpeechCall GetCall(this TextToSpeechOptions? options) => Read(options?.AdditionalProperties);

    public static SpeechCall GetCall(this SpeechToTextOptions? options) => Read(options?.AdditionalProperties);

    public static TextToSpeechOptions WithCall(this TextToSpeechOptions options, SpeechCall call)
    {
        (options.AdditionalProperties ??= [])[Key] = call;
        return options;
    }

    public static SpeechToTextOptions WithCall(this SpeechToTextOptions options, SpeechCall call)
    {
        (options.AdditionalProperties ??= [])[Key] = call;
        return options;
    }

    /// <summary>Whether the options carry nothing of their own beside the call.</summary>
    internal static bool HasOnlyCall(this TextToSpeechOptions options) => IsOnlyCall(options.AdditionalProperties);

    /// <inheritdoc cref="HasOnlyCall(TextToSpeechOptions)"/>
    internal static bool HasOnlyCall(this SpeechToTextOptions options) => IsOnlyCall(options.AdditionalProperties);

    private static bool IsOnlyCall(AdditionalPropertiesDictionary? properties) => properties is null or { Count: 0 } || (properties.Count == 1 && properties.ContainsKey(Key));

    private static SpeechCall Read(AdditionalPropertiesDictionary? properties) =>
        properties is not null && properties.TryGetValue(Key, out var value) && value is SpeechCall call ? call : Nothing;
}
