using Azure.Data.Tables;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tests.Usage;

/// <summary>One storage account for the tests of a class; each takes a tenant of its own.</summary>
public sealed class UsageStorage : IAsyncLifetime
{
    internal StorageEmulator Emulator { get; } = new();

    /// <summary>As the app makes it.</summary>
    internal TableServiceClient Tables => Connect(Emulator);

    internal static TableServiceClient Connect(StorageEmulator emulator)
    {
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 1;
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(2);
        options.Retry.Delay = TimeSpan.FromMilliseconds(10);
        return new TableServiceClient(emulator.ConnectionString, options);
    }

    public async ValueTask InitializeAsync() => await Emulator.StartAsync();

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
