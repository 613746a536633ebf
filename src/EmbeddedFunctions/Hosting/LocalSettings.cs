using System.Text.Json;

namespace EmbeddedFunctions.Hosting;

/// <summary>
/// local.settings.json, which stands in for the app settings of Azure. As Core Tools do, it becomes environment variables, and a variable that is set
/// already wins.
/// </summary>
internal static class LocalSettings
{
    /// <exception cref="InvalidDataException">The file is malformed, encrypted, or has a section that the embedded runtime lacks.</exception>
    public static void Apply(string directory)
    {
        using var file = SettingsFile.Open(Path.Combine(directory, "local.settings.json"));
        if (file is null)
        {
            return;
        }

        var variables = new List<(string Name, string Value)>();
        foreach (var (name, value) in file.Properties(file.Root))
        {
            switch (name)
            {
                case "IsEncrypted":
                    if (value.ValueKind != JsonValueKind.False)
                    {
                        throw file.Invalid(name, "must be false: the embedded runtime cannot decrypt settings");
                    }

                    break;
                case "Values":
                    variables.AddRange(Values(file, value));
                    break;
                case "ConnectionStrings":
                    variables.AddRange(ConnectionStrings(file, value));
                    break;
                default:
                    throw file.NotSupported(name);
            }
        }

        foreach (var (name, value) in variables.Where(variable => Environment.GetEnvironmentVariable(variable.Name) is null))
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>Numbers and booleans count as their text, which is what Core Tools' JSON reader makes of them.</summary>
    private static IEnumerable<(string Name, string Value)> Values(SettingsFile file, JsonElement values)
    {
        foreach (var (name, value) in file.Properties(values, "Values"))
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String:
                    yield return (name, value.GetString()!);
                    break;
                case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                    yield return (name, value.GetRawText());
                    break;
                case JsonValueKind.Null:
                    break;
                default:
                    throw file.Invalid($"Values.{name}", "must be a string (write a nested setting as Section__Key)");
            }
        }
    }

    private static IEnumerable<(string Name, string Value)> ConnectionStrings(SettingsFile file, JsonElement connections)
    {
        foreach (var (name, value) in file.Properties(connections, "ConnectionStrings"))
        {
            var text = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("ConnectionString", out var inner) ? inner : value;
            yield return ($"ConnectionStrings__{name}", file.String(text, $"ConnectionStrings.{name}"));
        }
    }
}
