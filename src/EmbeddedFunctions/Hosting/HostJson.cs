using System.Globalization;
using System.Text.Json;
using EmbeddedFunctions.Durability.Runtime;

namespace EmbeddedFunctions.Hosting;

/// <summary>
/// The sections of host.json that the embedded runtime has. Any other is refused, because a setting that is silently without effect would make the
/// laptop and Azure differ. Defaults are those of a dedicated plan (learn.microsoft.com/azure/azure-functions/functions-host-json).
/// </summary>
internal sealed record HostJson
{
    public string RoutePrefix { get; private init; } = "api";

    public BlobSettings Blobs { get; private init; } = new();

    public DurableSettings DurableTask { get; private init; } = new();

    /// <summary>Null when an execution may take for ever (<c>-1</c>).</summary>
    public TimeSpan? FunctionTimeout { get; private init; } = TimeSpan.FromMinutes(30);

    /// <summary>Level by category, with the category <c>default</c> for the rest.</summary>
    public IReadOnlyDictionary<string, string> LogLevels { get; private init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="InvalidDataException">The file is missing, malformed, or asks for what the embedded runtime lacks.</exception>
    public static HostJson Read(string directory)
    {
        using var file = SettingsFile.Open(Path.Combine(directory, "host.json"))
            ?? throw new InvalidDataException($"There is no host.json in {directory}. Link it into the output of the app.");

        var result = new HostJson();
        var version = false;
        foreach (var (name, value) in file.Properties(file.Root))
        {
            switch (name)
            {
                case "version":
                    version = value.ValueKind == JsonValueKind.String && value.GetString() == "2.0";
                    break;
                case "functionTimeout":
                    result = result with { FunctionTimeout = ParseTimeout(file, value) };
                    break;
                case "telemetryMode":
                    CheckTelemetryMode(file, value);
                    break;
                case "logging":
                    result = result with { LogLevels = ParseLogLevels(file, value) };
                    break;
                case "extensions":
                    result = ParseExtensions(file, value, result);
                    break;
                default:
                    throw file.NotSupported(name);
            }
        }

        return version ? result : throw file.Invalid("version", "must be \"2.0\"");
    }

    /// <summary>The official host lets variables such as AzureFunctionsJobHost__functionTimeout override the file.</summary>
    /// <exception cref="InvalidDataException">There is one.</exception>
    public static void RefuseOverrides(IEnumerable<string> variables)
    {
        if (variables.FirstOrDefault(name => name.StartsWith("AzureFunctionsJobHost__", StringComparison.OrdinalIgnoreCase)) is { } variable)
        {
            throw new InvalidDataException($"The variable {variable} overrides host.json, which the embedded runtime does not support. Change host.json instead.");
        }
    }

    private static TimeSpan? ParseTimeout(SettingsFile file, JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        if (text == "-1")
        {
            return null;
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout) && timeout > TimeSpan.Zero
            ? timeout
            : throw file.Invalid("functionTimeout", "must be a positive time such as \"00:10:00\", or \"-1\" for no limit");
    }

    /// <summary>It says how the official host exports its own telemetry. This one has nothing to export but what the app does, and only knows OpenTelemetry.</summary>
    private static void CheckTelemetryMode(SettingsFile file, JsonElement value)
    {
        if (!string.Equals(file.String(value, "telemetryMode"), "OpenTelemetry", StringComparison.OrdinalIgnoreCase))
        {
            throw file.Invalid("telemetryMode", "must be \"OpenTelemetry\", the only mode that the embedded runtime has");
        }
    }

    private static HostJson ParseExtensions(SettingsFile file, JsonElement extensions, HostJson result)
    {
        foreach (var (extension, settings) in file.Properties(extensions, "extensions"))
        {
            result = extension switch
            {
                "http" => result with { RoutePrefix = ParseRoutePrefix(file, settings) ?? result.RoutePrefix },
                "durableTask" => result with { DurableTask = DurableSettings.Parse(file, settings) },
                "blobs" => result with { Blobs = BlobSettings.Parse(file, settings) },
                _ => throw file.NotSupported($"extensions.{extension}"),
            };
        }

        return result;
    }

    private static string? ParseRoutePrefix(SettingsFile file, JsonElement settings)
    {
        string? prefix = null;
        foreach (var (name, value) in file.Properties(settings, "extensions.http"))
        {
            prefix = name == "routePrefix"
                ? file.String(value, "extensions.http.routePrefix")
                : throw file.NotSupported($"extensions.http.{name}");
        }

        return prefix;
    }

    private static Dictionary<string, string> ParseLogLevels(SettingsFile file, JsonElement logging)
    {
        var levels = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (section, value) in file.Properties(logging, "logging"))
        {
            if (section == "applicationInsights")
            {
                // How the official host thins out what it sends itself. Nothing is sent from here but what the app's own exporters send.
                _ = file.Properties(value, "logging.applicationInsights");
                continue;
            }

            if (section != "logLevel")
            {
                throw file.NotSupported($"logging.{section}");
            }

            foreach (var (category, level) in file.Properties(value, "logging.logLevel"))
            {
                var name = $"logging.logLevel.{category}";
                levels[category] = Enum.TryParse<Microsoft.Extensions.Logging.LogLevel>(file.String(level, name), ignoreCase: true, out var parsed)
                    ? parsed.ToString()
                    : throw file.Invalid(name, "must be Trace, Debug, Information, Warning, Error, Critical or None");
            }
        }

        return levels;
    }
}
