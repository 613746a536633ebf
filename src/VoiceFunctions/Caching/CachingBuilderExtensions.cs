using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace VoiceFunctions.Caching;

internal static class CachingBuilderExtensions
{
    /// <summary>Serves what is stored for the target that a call names, and stores what is made. What stands further in is called once for equal calls at the same time.</summary>
    public static TextToSpeechClientBuilder UseSpeechCache(this TextToSpeechClientBuilder builder) =>
        builder.Use((inner, services) => ActivatorUtilities.CreateInstance<CachingTextToSpeechClient>(services, inner));

    /// <inheritdoc cref="UseSpeechCache(TextToSpeechClientBuilder)"/>
    public static SpeechToTextClientBuilder UseSpeechCache(this SpeechToTextClientBuilder builder) =>
        builder.Use((inner, services) => ActivatorUtilities.CreateInstance<CachingSpeechToTextClient>(services, inner));
}
