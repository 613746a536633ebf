using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace VoiceFunctions.Storage;

internal static class StorageServiceCollectionExtensions
{
    private const string Connection = "AzureWebJobsStorage";
    private const int PatientRetries = 5;
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PatientNetworkTimeout = TimeSpan.FromSeconds(100);

    /// <summary>The app's storage account, found as a Functions host finds it: a connection string, or an account name or service address with an identity.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSingleton(provider => Tables(provider.GetRequiredService<IConfiguration>(), Bounded(new TableClientOptions())));
        services.AddSingleton(provider => Blobs(provider.GetRequiredService<IConfiguration>(), Bounded(new BlobClientOptions())));
        services.AddKeyedSingleton(StorageClients.Patient, (provider, _) => Tables(provider.GetRequiredService<IConfiguration>(), Patient(new TableClientOptions())));
        services.AddKeyedSingleton(StorageClients.Patient, (provider, _) => Blobs(provider.GetRequiredService<IConfiguration>(), Patient(new BlobClientOptions())));
        return services;
    }

    private static TableServiceClient Tables(IConfiguration configuration, TableClientOptions options)
    {
        if (configuration[Connection] is { Length: > 0 } connectionString)
        {
            return new TableServiceClient(connectionString, options);
        }

        var section = configuration.GetSection(Connection);
        return new TableServiceClient(Address(section, "table"), Credential(section), options);
    }

    private static BlobServiceClient Blobs(IConfiguration configuration, BlobClientOptions options)
    {
        if (configuration[Connection] is { Length: > 0 } connectionString)
        {
            return new BlobServiceClient(connectionString, options);
        }

        var section = configuration.GetSection(Connection);
        return new BlobServiceClient(Address(section, "blob"), Credential(section), options);
    }

    private static T Bounded<T>(T options)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = 1;
        options.Retry.NetworkTimeout = NetworkTimeout;
        options.Retry.Mode = RetryMode.Fixed;
        return options;
    }

    private static T Patient<T>(T options)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = PatientRetries;
        options.Retry.NetworkTimeout = PatientNetworkTimeout;
        options.Retry.Mode = RetryMode.Exponential;
        return options;
    }

    private static Uri Address(IConfigurationSection section, string service)
    {
        var address = section[$"{service}ServiceUri"] ?? (section["accountName"] is { } account ? $"https://{account}.{service}.core.windows.net" : null);
        return address is null
            ? throw new InvalidOperationException($"{Connection} is not set: a connection string, {Connection}__accountName or {Connection}__{service}ServiceUri.")
            : new Uri(address);
    }

    private static DefaultAzureCredential Credential(IConfigurationSection section) =>
        section["clientId"] is { } clientId
            ? new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = clientId })
            : new DefaultAzureCredential();
}
