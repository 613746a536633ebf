using System.Reflection;
using Azure.Core;

namespace EmbeddedFunctions.Hosting;

/// <summary>What a test sets differently from the process that an app runs in.</summary>
internal sealed record EmbeddedSettings
{
    /// <summary>Where host.json and local.settings.json are.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>The types that are searched for functions, asked once, when the host is built.</summary>
    public required Func<IEnumerable<Type>> Types { get; init; }

    /// <summary>Ends the process with one line on standard error when the address is taken, where a library would throw.</summary>
    public bool ExitWhenAddressInUse { get; init; }

    /// <summary>Changes the options of every storage client before it is made, such as its transport; null for the defaults of the SDK.</summary>
    public Action<ClientOptions>? ConfigureStorage { get; init; }

    /// <summary>
    /// How long what one process alone may do stays with it after its machine has died or the process is frozen: 15 to 60 seconds. By default 60 for the
    /// listener of a trigger, as on the official host.
    /// </summary>
    public TimeSpan LeasePeriod { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The same for a task hub; by default 30 seconds, as the leases of the official Durable Task storage provider.</summary>
    public TimeSpan HubLeasePeriod { get; init; } = TimeSpan.FromSeconds(30);

    public static EmbeddedSettings OfThisProcess() => new()
    {
        BaseDirectory = AppContext.BaseDirectory,
        Types = () => Assembly.GetEntryAssembly()?.GetTypes() ?? [],
        ExitWhenAddressInUse = true,
    };
}
