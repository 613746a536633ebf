using System.Text.Json;
using System.Text.RegularExpressions;
using EmbeddedFunctions.Hosting;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary><c>extensions.durableTask</c> of host.json (learn.microsoft.com/azure/azure-functions/durable/durable-functions-bindings#host-json).</summary>
internal sealed partial record DurableSettings
{
    private const string Section = "extensions.durableTask";

    /// <summary>The official default for an app that is not on Azure.</summary>
    public string HubName { get; init; } = "TestHubName";

    /// <summary>The setting that describes the storage account.</summary>
    public string ConnectionName { get; init; } = "AzureWebJobsStorage";

    /// <summary>Episodes at a time; by default ten for each core.</summary>
    public int MaxOrchestrators { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>Activities at a time; by default ten for each core.</summary>
    public int MaxActivities { get; init; } = 10 * Environment.ProcessorCount;

    /// <exception cref="InvalidDataException">It is malformed, or asks for what the embedded runtime lacks.</exception>
    public static DurableSettings Parse(SettingsFile file, JsonElement settings)
    {
        var result = new DurableSettings();
        foreach (var (name, value) in file.Properties(settings, Section))
        {
            var path = $"{Section}.{name}";
            result = name switch
            {
                "hubName" => result with { HubName = ParseHubName(file, value, path) },
                "maxConcurrentOrchestratorFunctions" => result with { MaxOrchestrators = file.PositiveNumber(value, path) },
                "maxConcurrentActivityFunctions" => result with { MaxActivities = file.PositiveNumber(value, path) },
                "storageProvider" => ParseProvider(file, value, path, result),
                "tracing" => ParseTracing(file, value, path, result),
                // Never on for an isolated worker, so that it has nothing to say here.
                "extendedSessionsEnabled" when value.ValueKind == JsonValueKind.False => result,
                _ => throw file.NotSupported(path),
            };
        }

        return result;
    }

    private static string ParseHubName(SettingsFile file, JsonElement value, string path)
    {
        var name = file.String(value, path);
        return ValidHub().IsMatch(name) ? name : throw file.Invalid(path, "must be a letter and 2 to 44 letters and digits");
    }

    private static DurableSettings ParseProvider(SettingsFile file, JsonElement provider, string path, DurableSettings result)
    {
        foreach (var (name, value) in file.Properties(provider, path))
        {
            result = name switch
            {
                "connectionStringName" or "connectionName" => result with { ConnectionName = file.String(value, $"{path}.{name}") },
                "type" when file.String(value, $"{path}.type").Equals("AzureStorage", StringComparison.OrdinalIgnoreCase) => result,
                _ => throw file.NotSupported($"{path}.{name}"),
            };
        }

        return result;
    }

    /// <summary>
    /// Instances are always traced here, as on Azure with version V2; what that would not be true of is refused. The official host does not tell upper from
    /// lower case, and its documentation writes these with a capital.
    /// </summary>
    private static DurableSettings ParseTracing(SettingsFile file, JsonElement tracing, string path, DurableSettings result)
    {
        foreach (var (name, value) in file.Properties(tracing, path))
        {
            var setting = $"{path}.{name}";
            switch (name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..])
            {
                case "distributedTracingEnabled" when value.ValueKind == JsonValueKind.True:
                case "version" when value.ValueKind == JsonValueKind.String && value.ValueEquals("V2"):
                case "traceInputsAndOutputs" or "traceReplayEvents" when value.ValueKind == JsonValueKind.False:
                    break;
                case "distributedTracingEnabled":
                    throw file.Invalid(setting, "must be true: the embedded runtime always traces instances");
                case "version":
                    throw file.Invalid(setting, "must be \"V2\"");
                default:
                    throw file.NotSupported(setting);
            }
        }

        return result;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,44}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ValidHub();
}
