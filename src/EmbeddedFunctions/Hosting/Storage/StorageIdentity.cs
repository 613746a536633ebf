using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace EmbeddedFunctions.Hosting.Storage;

/// <summary>
/// A storage account that is reached by an identity (learn.microsoft.com/azure/azure-functions/functions-reference#configure-an-identity-based-connection):
/// settings such as <c>AzureWebJobsStorage__accountName</c>.
/// </summary>
internal sealed class StorageIdentity
{
    private static readonly string[] Known =
        ["accountName", "blobServiceUri", "queueServiceUri", "tableServiceUri", "credential", "clientId", "tenantId", "clientSecret"];

    private readonly IConfigurationSection _section;

    /// <exception cref="InvalidOperationException">The section has a setting that the embedded runtime lacks.</exception>
    public StorageIdentity(IConfigurationSection section)
    {
        _section = section;
        if (section.GetChildren().FirstOrDefault(child => !Known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new InvalidOperationException($"the setting {Name(unknown.Key)} is not supported by the embedded runtime");
        }

        Credential = CreateCredential();
    }

    public TokenCredential Credential { get; }

    /// <param name="service">Such as <c>blob</c>.</param>
    /// <exception cref="InvalidOperationException">There is none, or it is no address.</exception>
    public Uri Address(string service)
    {
        if (_section["accountName"] is { Length: > 0 } account)
        {
            return new Uri($"https://{account}.{service}.core.windows.net");
        }

        return _section[$"{service}ServiceUri"] is { } text && Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? address
            : throw new InvalidOperationException($"the setting {Name($"{service}ServiceUri")} (or {Name("accountName")}) must be the address of the storage account");
    }

    private TokenCredential CreateCredential()
    {
        var clientId = _section["clientId"];
        return (_section["credential"]?.ToUpperInvariant(), clientId, _section["tenantId"], _section["clientSecret"]) switch
        {
            ("MANAGEDIDENTITY", null, _, _) => new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned),
            ("MANAGEDIDENTITY", _, _, _) => new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId)),
            ({ } other, _, _, _) => throw new InvalidOperationException($"the setting {Name("credential")} must be managedidentity or absent, not {other}"),
            (null, { } id, { } tenant, { } secret) => new ClientSecretCredential(tenant, id, secret),
            (null, _, var tenant, _) => new DefaultAzureCredential(new DefaultAzureCredentialOptions { TenantId = tenant, ManagedIdentityClientId = clientId }),
        };
    }

    private string Name(string key) => $"{_section.Path.Replace(":", "__", StringComparison.Ordinal)}__{key}";
}
