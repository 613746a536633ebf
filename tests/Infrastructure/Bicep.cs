using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using CliWrap;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Infrastructure;

/// <summary>The Bicep compiler, as it came from its package. It needs no network for this template.</summary>
internal static class Bicep
{
    private static readonly string Program = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "BicepPath").Value!;

    public static string Folder { get; } = Path.Combine(Repository.Root, "infra-bicep");

    /// <summary>What a command writes, and what it complains of.</summary>
    public static async Task<(string Output, string Complaints)> RunAsync(params IEnumerable<string> arguments)
    {
        var output = new StringBuilder();
        var complaints = new StringBuilder();
        await Cli.Wrap(Program).WithArguments(arguments).WithWorkingDirectory(Folder)
            // What azd would set.
            .WithEnvironmentVariables(variables => variables.Set("AZURE_ENV_NAME", "test").Set("AZURE_LOCATION", "westeurope"))
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(complaints))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync();
        return (output.ToString(), complaints.ToString());
    }

    /// <summary>The resources that a deployment would make, with every expression evaluated that does not ask Azure.</summary>
    /// <param name="template">The file, in the folder of the templates.</param>
    /// <param name="isForSubscription">Whether it makes the resource group too, or is for one that is there.</param>
    /// <param name="parameters">By name, as Bicep writes values.</param>
    public static async Task<JsonArray> PredictAsync(string template, bool isForSubscription, params (string Name, string Value)[] parameters)
    {
        var work = Directory.CreateTempSubdirectory("voice-bicep-");
        try
        {
            var file = Path.Combine(work.FullName, "test.bicepparam");
            var path = Path.GetRelativePath(work.FullName, Path.Combine(Folder, template)).Replace('\\', '/');
            await File.WriteAllLinesAsync(file, [$"using '{path}'", .. parameters.Select(parameter => $"param {parameter.Name} = {parameter.Value}")]);
            var (_, complaints) = await RunAsync(
                ["snapshot", file, "--mode", "overwrite", "--subscription-id", Guid.Empty.ToString(), "--tenant-id", Guid.Empty.ToString(),
                "--deployment-name", "test", .. isForSubscription ? (string[])["--location", "westeurope"] : ["--resource-group", "rg-test"]]);
            var snapshot = Path.ChangeExtension(file, ".snapshot.json");
            return File.Exists(snapshot)
                ? JsonNode.Parse(await File.ReadAllTextAsync(snapshot))!["predictedResources"]!.AsArray()
                : throw new InvalidOperationException(complaints);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }
}
