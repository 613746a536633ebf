using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace VoiceFunctions.Resilience;

internal static class ResilienceBuilderExtensions
{
    /// <summary>A bound on calls at a time, retries, a circuit and a time-out for each attempt, by provider.</summary>
    public static TextToSpeechClientBuilder UseResilience(this TextToSpeechClientBuilder builder) =>
        builder.Use((inner, services) => ActivatorUtilities.CreateInstance<ResilientTextToSpeechClient>(services, inner));

    /// <inheritdoc cref="UseResilience(TextToSpeechClientBuilder)"/>
    public static SpeechToTextClientBuilder UseResilience(this SpeechToTextClientBuilder builder) =>
        builder.Use((inner, services) => ActivatorUtilities.CreateInstance<ResilientSpeechToTextClient>(services, inner));
}
