using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace EmbeddedFunctions.Hosting;

/// <summary>Settings inside the strings of attributes: <c>%Name%</c>, as NameResolverExtensions of azure-webjobs-sdk reads them.</summary>
internal static partial class AppSettings
{
    /// <param name="configuration">The app's settings.</param>
    /// <param name="text">The string of the attribute.</param>
    /// <param name="refuse">Called with a sentence for what does not resolve.</param>
    /// <returns>Null after a refusal.</returns>
    public static string? Resolve(IConfiguration configuration, string text, Action<string> refuse)
    {
        var isResolved = true;
        var result = Setting().Replace(text, match =>
        {
            var name = match.Groups["name"].Value;
            var isClosed = match.Length > 1 && match.Value.EndsWith('%');
            if (isClosed && (configuration[name] ?? configuration[name.Replace("__", ":", StringComparison.Ordinal)]) is { } value)
            {
                return value;
            }

            isResolved = false;
            refuse(isClosed ? $"there is no setting {name} for '{text}'." : $"'{text}' has a '%' without a second one.");
            return match.Value;
        });
        return isResolved ? result : null;
    }

    [GeneratedRegex("%(?<name>[^%]*)(%|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();
}
