using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace VoiceFunctions.Fallback;

internal static class FallbackBuilderExtensions
{
    /// <summary>Plans each call and goes from target to target; what stands further in sees one target at a time.</summary>
    public static TextToSpeechClientBuilder UseFallback(this TextToSpeechClientBuilder builder) =>
        builder.Use((inner, services) => ActivatorUtilities.CreateInstance<FallbackTextToSpeechClient>(services, inner));

    /// <inheritdoc cref="UseFallback(TextToSpeechClientBuilder)"/>
    public static SpeechToTextClientBuilder UseFallback(this SpeechToTextClientBuilder builder) =>
        builder.Use((inner, services) => ActivatorUtilities.CreateInstance<FallbackSpeechToTextClient>(services, inner));
}
