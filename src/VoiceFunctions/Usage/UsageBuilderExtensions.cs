using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace VoiceFunctions.Usage;

internal static class UsageBuilderExtensions
{
    /// <summary>Makes one usage record of each call, stored results and failures too. Outermost, so that nothing that a call waits for is left out.</summary>
    public static TextToSpeechClientBuilder UseUsageMetering(this TextToSpeechClientBuilder builder) =>
        builder.Use((inner, services) => ActivatorUtilities.CreateInstance<MeteringTextToSpeechClient>(services, inner));

    /// <inheritdoc cref="UseUsageMetering(TextToSpeechClientBuilder)"/>
    public static SpeechToTextClientBuilder UseUsageMetering(this SpeechToTextClientBuilder builder) =>
        builder.Use((inner, services) => ActivatorUtilities.CreateInstance<MeteringSpeechToTextClient>(services, inner));
}
