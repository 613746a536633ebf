using System.Data.Common;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace VoiceFunctions.Telemetry;

/// <summary>
/// How Azure Monitor is told who writes, by the setting that the Functions host reads too
/// (https://learn.microsoft.com/azure/azure-functions/functions-app-settings#applicationinsights_authentication_string).
/// </summary>
internal static class AzureMonitorCredential
{
    public const string Setting = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary><see langword="null"/> where the connection string is enough: the resource takes what comes with its key.</summary>
    public static TokenCredential? Of(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } text)
        {
            return null;
        }

        var parts = new DbConnectionStringBuilder { ConnectionString = text };
        return parts.TryGetValue("ClientId", out var id) && id is string { Length: > 0 } clientId
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
            : new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned);
    }
}
