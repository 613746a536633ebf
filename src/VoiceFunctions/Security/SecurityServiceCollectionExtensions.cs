using Microsoft.Extensions.DependencyInjection;

namespace VoiceFunctions.Security;

internal static class SecurityServiceCollectionExtensions
{
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddOptions<SecurityOptions>().BindConfiguration(SecurityOptions.Section).ValidateOnStart();
        return services;
    }
}
