using Microsoft.Extensions.AI;

namespace VoiceFunctions.Providers;

/// <summary>Carries a <see cref="SpeechOutcome"/> in the responses of the speech ports.</summary>
public static class SpeechResponseExtensions
{
    private const string Key = "VoiceFunctions.SpeechOutcome";

    /// <exception cref="InvalidOperationException">The response was made by a client that knows nothing of outcomes.</exception>
    public static SpeechOutcome GetOutcome(this TextToSpeechResponse response) => Read(response.AdditionalProperties);

    /// <exception cref="InvalidOperationException">The response was made by a client that knows nothing of outcomes.</exception>
    public static SpeechOutcome GetOutcome(this SpeechToTextResponse response) => Read(response.AdditionalProperties);

    public static TextToSpeechResponse WithOutcome(this TextToSpeechResponse response, SpeechOutcome outcome)
    {
        (response.AdditionalProperties ??= [])[Key] = outcome;
        return response;
    }

    public static SpeechToTextResponse WithOutcome(this SpeechToTextResponse response, SpeechOutcome outcome)
    {
        (response.AdditionalProperties ??= [])[Key] = outcome;
        return response;
    }

    /// <summary>The audio of a synthesis, without a copy.</summary>
    public static ReadOnlyMemory<byte> GetAudio(this TextToSpeechResponse response) =>
        response.Contents.OfType<DataContent>().FirstOrDefault()?.Data ?? ReadOnlyMemory<byte>.Empty;

    private static SpeechOutcome Read(AdditionalPropertiesDictionary? properties) =>
        properties is not null && properties.TryGetValue(Key, out var value) && value is SpeechOutcome outcome
            ? outcome
            : throw new InvalidOperationException("The response carries no speech outcome.");
}
