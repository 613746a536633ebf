using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace VoiceFunctions.Storage;

internal static class StorageServiceCollectionExtensions
{
    private const string Connection = "AzureWebJobsStorage";
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The app's storage account, found as a Functions host finds it: a connection string, or an account name or service address with an identity.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSingleton(provider => Tables(provider.GetRequiredService<IConfiguration>()));
        return services;
    }

    private static TableServiceClient Tables(IConfiguration configuration)
    {
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 1;
        options.Retry.NetworkTimeout = NetworkTimeout;
        options.Retry.Mode = RetryMode.Fixed;
        if (configuration[Connection] is { Length: > 0 } connectionString)
        {
            return new TableServiceClient(connectionString, options);
        }

        var section = configuration.GetSection(Connection);
        var address = section["tableServiceUri"] ?? (section["accountName"] is { } account ? $"https://{account}.table.core.windows.net" : null);
        return address is null
            ? throw new InvalidOperationException($"{Connection} is not set: a connection string, {Connection}__accountName or {Connection}__tableServiceUri.")
            : new TableServiceClient(new Uri(address), Credential(section), options);
    }

    private static DefaultAzureCredential Credential(IConfigurationSection section) =>
        section["clientId"] is { } clientId
            ? new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = clientId })
            : new DefaultAzureCredential();
}
