using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace VoiceFunctions.Security.Budgets;

internal static class BudgetBuilderExtensions
{
    /// <summary>Holds each call to the monthly budget of its key. Below the metering, which counts refusals; above the cache, which serves on.</summary>
    public static TextToSpeechClientBuilder UseBudget(this TextToSpeechClientBuilder builder) =>
        builder.Use((inner, services) => ActivatorUtilities.CreateInstance<BudgetedTextToSpeechClient>(services, inner));

    /// <inheritdoc cref="UseBudget(TextToSpeechClientBuilder)"/>
    public static SpeechToTextClientBuilder UseBudget(this SpeechToTextClientBuilder builder) =>
        builder.Use((inner, services) => ActivatorUtilities.CreateInstance<BudgetedSpeechToTextClient>(services, inner));
}
