using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceFunctions.Storage;

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
        services.AddSingleton(provider => new CallbackDialer(provider.GetRequiredService<IOptions<CallbackOptions>>(), Dns.GetHostAddressesAsync));
        services.AddSingleton<CallbackSender>();
        services.AddSingleton(provider => new CallbackDelivery(
            provider.GetRequiredKeyedService<JobStore>(StorageClients.Patient),
            provider.GetRequiredService<CallbackSecrets>(),
            provider.GetRequiredService<CallbackSender>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CallbackDelivery>>()));
        return services;
    }
}
