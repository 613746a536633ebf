using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceFunctions.Security.Budgets;
using VoiceFunctions.Security.Keys;
using VoiceFunctions.Security.Limits;

namespace VoiceFunctions.Security;

internal static class SecurityServiceCollectionExtensions
{
    /// <summary>Categories that write requests down below warnings: addresses with their query, which may hold a prompt, and lines and headers that are malformed, keys too.</summary>
    private static readonly string[] Telltales = ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Server.Kestrel.BadRequests"];

    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Who may call, for whom, and how much; configured by section <c>Security</c>.</summary>
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddOptions<SecurityOptions>().BindConfiguration(SecurityOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SecurityOptions>, SecurityOptionsValidator>();
        services.AddSingleton<KeyTable>();
        services.AddSingleton<IKeySource>(provider => provider.GetRequiredService<KeyTable>());
        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeyCheck>();
        services.AddSingleton<CallerLimits>();
        services.AddSingleton<BudgetKeeper>();
        services.Configure<KestrelServerOptions>(Hurry);
        return services.PostConfigure<LoggerFilterOptions>(Silence);
    }

    /// <summary>
    /// Nobody holds a connection by sending little: a request's head must be there within <see cref="HeadTimeout"/>, and a body must keep coming. A request's own
    /// deadline bounds the rest.
    /// </summary>
    private static void Hurry(KestrelServerOptions options)
    {
        options.Limits.RequestHeadersTimeout = HeadTimeout;
        options.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }

    /// <summary>Whatever level is configured, and for whichever of the logs: a rule for one log goes before those for all.</summary>
    private static void Silence(LoggerFilterOptions options)
    {
        foreach (var log in options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToArray())
        {
            foreach (var category in Telltales)
            {
                options.Rules.Add(new LoggerFilterRule(log, category, LogLevel.Warning, filter: null));
            }
        }
    }
}
