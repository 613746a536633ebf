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

    private static SpeechCall Read(AdditionalPropertiesDictionary? properties) =>
        properties is not null && properties.TryGetValue(Key, out var value) && value is SpeechCall call ? call : Nothing;
}
