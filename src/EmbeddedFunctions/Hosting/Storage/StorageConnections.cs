using System.Collections.Concurrent;
using Azure.Core;
using Microsoft.Extensions.Configuration;

namespace EmbeddedFunctions.Hosting.Storage;

/// <summary>
/// Storage accounts by the name of their setting, found as the official extensions find them: <c>AzureWebJobs</c> and the name, then the name alone,
/// each under ConnectionStrings first. Nothing is looked up before a function asks, so an app without such functions needs no storage.
/// </summary>
/// <param name="configuration">The app's settings.</param>
/// <param name="configureClients">Changes the options of every client before it is made; null for the defaults of the SDK.</param>
internal sealed class StorageConnections(IConfiguration configuration, Action<ClientOptions>? configureClients)
{
    /// <summary>Means the setting <c>AzureWebJobsStorage</c>.</summary>
    public const string DefaultName = "Storage";

    private readonly ConcurrentDictionary<string, StorageConnection> _connections = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="name">A trigger's <c>Connection</c>; null or empty for the account of the host.</param>
    /// <exception cref="InvalidOperationException">There is no such setting, or it describes no account. Its value is not in the message.</exception>
    public StorageConnection Get(string? name = null) =>
        _connections.GetOrAdd(string.IsNullOrEmpty(name) ? DefaultName : name, Open);

    private StorageConnection Open(string name)
    {
        foreach (var key in (string[])[$"AzureWebJobs{name}", name])
        {
            foreach (var section in (IConfigurationSection[])[configuration.GetSection("ConnectionStrings").GetSection(key), configuration.GetSection(key)])
            {
                if (section.Exists())
                {
                    return StorageConnection.Open(section, configureClients);
                }
            }
        }

        throw new InvalidOperationException($"there is no setting AzureWebJobs{name} or {name} for the storage account");
    }
}
