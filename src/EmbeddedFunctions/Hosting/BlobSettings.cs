using System.Text.Json;

namespace EmbeddedFunctions.Hosting;

/// <summary><c>extensions.blobs</c> of host.json (learn.microsoft.com/azure/azure-functions/functions-bindings-storage-blob).</summary>
internal sealed record BlobSettings
{
    /// <summary>How many executions of one blob function may run at the same time; by default eight for each core.</summary>
    public int MaxDegreeOfParallelism { get; private init; } = 8 * Environment.ProcessorCount;

    /// <summary>How often one version of a blob is tried before it is given up.</summary>
    public int PoisonBlobThreshold { get; private init; } = 5;

    /// <exception cref="InvalidDataException">It is malformed, or asks for what the embedded runtime lacks.</exception>
    public static BlobSettings Parse(SettingsFile file, JsonElement settings)
    {
        var result = new BlobSettings();
        foreach (var (name, value) in file.Properties(settings, "extensions.blobs"))
        {
            var path = $"extensions.blobs.{name}";
            result = name switch
            {
                "maxDegreeOfParallelism" => result with { MaxDegreeOfParallelism = file.PositiveNumber(value, path) },
                "poisonBlobThreshold" => result with { PoisonBlobThreshold = file.PositiveNumber(value, path) },
                _ => throw file.NotSupported(path),
            };
        }

        return result;
    }
}
