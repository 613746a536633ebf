using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace EmbeddedFunctions.Hosting;

/// <summary>
/// Names the app in its storage account: processes with one id share the work of timers, blobs and orchestrations. It is the setting
/// <c>AzureFunctionsWebHost__hostid</c>, as officially, and the app's name when there is none. (Core Tools take machine and path in place of the name,
/// so a second build of the app would do all the work again.)
/// </summary>
internal static partial class HostId
{
    private const int Longest = 32;

    /// <exception cref="InvalidOperationException">The setting is no host id.</exception>
    public static string Of(IConfiguration configuration, string applicationName)
    {
        if (configuration["AzureFunctionsWebHost:hostid"] is { Length: > 0 } id)
        {
            return id.Length <= Longest && Valid().IsMatch(id)
                ? id
                : throw new InvalidOperationException(
                    "The setting AzureFunctionsWebHost__hostid must be up to 32 lower-case letters, digits and single dashes between them.");
        }

        var name = Other().Replace(applicationName.ToLowerInvariant(), "-").Trim('-');
        return name[..Math.Min(name.Length, Longest)].TrimEnd('-');
    }

    [GeneratedRegex("^[a-z0-9]+(?:-[a-z0-9]+)*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Valid();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Other();
}
