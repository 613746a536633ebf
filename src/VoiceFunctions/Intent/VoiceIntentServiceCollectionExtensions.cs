using Microsoft.Extensions.DependencyInjection;

namespace VoiceFunctions.Intent;

internal static class VoiceIntentServiceCollectionExtensions
{
    public static IServiceCollection AddVoiceIntent(this IServiceCollection services) => services.AddSingleton<VoiceIntentClassifier>().AddSingleton<VoiceIntentFlow>();
}
