using System.Reflection;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VoiceFunctions.Storage;
using VoiceFunctions.Telemetry;

namespace VoiceFunctions.Infrastructure;

/// <summary>Judges settings by what the code would make of them: its option types, its functions, its storage clients.</summary>
internal static class SettingNames
{
    private const string Storage = "AzureWebJobsStorage";
    private static readonly Assembly App = typeof(VoiceMeter).Assembly;

    /// <summary>What the Functions host reads of a connection by identity (learn.microsoft.com/azure/azure-functions/functions-reference#configure-an-identity-based-connection).</summary>
    private static readonly string[] OfConnection = ["accountName", "blobServiceUri", "queueServiceUri", "tableServiceUri", "credential", "clientId"];

    /// <summary>The option types by the section they are bound from.</summary>
    private static Dictionary<string, Type> Sections { get; } = (
        from type in App.GetTypes()
        let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)
        where section is { IsLiteral: true } && type.Name.EndsWith("Options", StringComparison.Ordinal)
        select ((string)section.GetRawConstantValue()!, type)).ToDictionary(StringComparer.Ordinal);

    /// <summary>A sentence for each setting that nothing reads.</summary>
    public static IEnumerable<string> Unread(IReadOnlyDictionary<string, string> settings)
    {
        string[] known = [TelemetryServiceCollectionExtensions.AzureMonitor, TelemetryServiceCollectionExtensions.Collector, AzureMonitorCredential.Setting];
        foreach (var name in settings.Keys.Except(known))
        {
            var parts = name.Split("__");
            var isRead = parts[0] == Storage ? parts is [_, var of] && OfConnection.Contains(of)
                : name.StartsWith("AzureWebJobs_", StringComparison.Ordinal) ? Functions.Contains(Disabled(name))
                : Sections.TryGetValue(parts[0], out var options) && Binds(options, name, settings[name]);
            if (!isRead) yield return $"{name} is read by nothing";
        }
    }

    /// <summary>A sentence for each thing that the app could not do with these settings alone.</summary>
    public static IEnumerable<string> Missing(IReadOnlyDictionary<string, string> settings)
    {
        var configuration = Configuration(settings);
        if (configuration[AzureMonitorCredential.Setting] is null) yield return "telemetry is refused without an identity";
        foreach (var name in new[] { "Audio:FfmpegPath", "Offline:ModelsPath", "Offline:CachePath" })
        {
            if (configuration[name] is null) yield return $"{name} is not where the package has it";
        }

        if (StorageComplaint(configuration) is { } complaint) yield return complaint;
        foreach (var (section, type) in Sections)
        {
            foreach (var failure in Failures(type, configuration.GetSection(section))) yield return failure;
        }
    }

    private static HashSet<string> Functions { get; } = App.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name)
        .OfType<string>()
        .ToHashSet(StringComparer.Ordinal);

    private static string Disabled(string name) => name.Split('_') is [_, var function, "Disabled"] ? function : string.Empty;

    private static bool Binds(Type options, string name, string value)
    {
        try
        {
            var section = Configuration(new Dictionary<string, string> { [name] = value }).GetSection(name.Split("__")[0]);
            _ = section.Get(options, binder => binder.ErrorOnUnknownConfiguration = true);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string? StorageComplaint(IConfiguration configuration)
    {
        using var services = new ServiceCollection().AddSingleton(configuration).AddStorage().BuildServiceProvider();
        try
        {
            var account = configuration[$"{Storage}:accountName"];
            return services.GetRequiredService<TableServiceClient>().AccountName == account && services.GetRequiredService<BlobServiceClient>().AccountName == account
                ? null
                : "storage is another account";
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>What the app's own validators say of the options as they would be.</summary>
    private static IEnumerable<string> Failures(Type options, IConfigurationSection section)
    {
        var bound = section.Get(options) ?? Activator.CreateInstance(options)!;
        var contract = typeof(IValidateOptions<>).MakeGenericType(options);
        return from validator in App.GetTypes()
               where contract.IsAssignableFrom(validator) && validator.GetConstructor(Type.EmptyTypes) is not null
               let result = (ValidateOptionsResult)contract.GetMethod("Validate")!.Invoke(Activator.CreateInstance(validator), [Options.DefaultName, bound])!
               where result.Failed
               select result.FailureMessage!;
    }

    private static IConfigurationRoot Configuration(IReadOnlyDictionary<string, string> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key.Replace("__", ":", StringComparison.Ordinal), setting => (string?)setting.Value)).Build();
}
