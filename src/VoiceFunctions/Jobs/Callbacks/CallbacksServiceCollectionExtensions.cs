using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Jobs.Callbacks;

internal static class CallbacksServiceCollectionExtensions
{
    /// <summary>Telling others that a job has ended; configured by section <c>Callbacks</c>.</summary>
    public static IServiceCollection AddCallbacks(this IServiceCollection services)
    {
        services.AddOptions<CallbackOptions>().BindConfiguration(CallbackOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CallbackOptions>, CallbackOptionsValidator>();
        services.AddSingleton<CallbackKey>();
        services.AddSingleton<CallbackSecrets>();
        return services;
    }
}
