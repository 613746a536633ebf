using System.Text;
using System.Text.RegularExpressions;

namespace EmbeddedFunctions.Hosting.Blobs;

/// <summary>
/// The path of a blob trigger: a container, and a pattern for the names of its blobs. What a pattern matches is what BindingTemplateSource of
/// azure-webjobs-sdk matches: a parameter takes any text, slashes too, and the first of several takes all it can.
/// </summary>
internal sealed partial class BlobPathPattern
{
    private readonly Regex _blob;

    private BlobPathPattern(string container, string prefix, Regex blob)
    {
        Container = container;
        Prefix = prefix;
        _blob = blob;
        Parameters = [.. blob.GetGroupNames().Where(name => name != "0")];
    }

    public string Container { get; }

    /// <summary>What every matching name begins with.</summary>
    public string Prefix { get; }

    public IReadOnlyList<string> Parameters { get; }

    /// <returns>Null after a refusal.</returns>
    public static BlobPathPattern? Parse(string path, Action<string> refuse)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var container = slash < 0 ? path : path[..slash];
        if (!ContainerName().IsMatch(container) || slash == path.Length - 1)
        {
            refuse($"the blob path '{path}' must be a container, or a container, a slash and a pattern for blobs.");
            return null;
        }

        if (slash < 0)
        {
            return new BlobPathPattern(container, string.Empty, AnyBlob());
        }

        var prefix = new StringBuilder();
        var pattern = new StringBuilder("^");
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var token in Token().Matches(path[(slash + 1)..]).Cast<Match>())
        {
            if (token.Groups["name"] is { Success: true } name)
            {
                if (!names.Add(name.Value))
                {
                    refuse($"the blob path '{path}' has the parameter '{name.Value}' twice.");
                    return null;
                }

                pattern.Append("(?<").Append(name.Value).Append(">.*)");
            }
            else if (token.Groups["wrong"].Success)
            {
                refuse($"the blob path '{path}' has a brace that begins or ends no parameter name (letters, digits and '_').");
                return null;
            }
            else
            {
                var text = token.Groups["escaped"] is { Success: true } escaped ? escaped.Value[..1] : token.Value;
                pattern.Append(Regex.Escape(text));
                prefix.Append(names.Count == 0 ? text : string.Empty);
            }
        }

        // Not by backtracking: a name of many parts must not hold up the scan.
        var blob = new Regex(pattern.Append('$').ToString(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.InfiniteTimeSpan);
        return new BlobPathPattern(container, prefix.ToString(), blob);
    }

    public bool IsMatch(string blobName) => _blob.IsMatch(blobName);

    /// <summary>The values of the parameters in a name that matches.</summary>
    public IEnumerable<(string Name, string Value)> Read(string blobName)
    {
        var match = _blob.Match(blobName);
        return Parameters.Select(parameter => (parameter, match.Groups[parameter].Value));
    }

    [GeneratedRegex(@"^([a-z0-9](-?[a-z0-9]){2,62}|\$root)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ContainerName();

    [GeneratedRegex(@"(?<escaped>\{\{|\}\})|\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}|(?<wrong>[{}])|[^{}]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    [GeneratedRegex("", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AnyBlob();
}
