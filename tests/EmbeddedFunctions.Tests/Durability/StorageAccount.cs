using EmbeddedFunctions.Tests.Durability;
using VoiceFunctions.EndToEnd.Hosting;

[assembly: AssemblyFixture(typeof(StorageAccount))]

namespace EmbeddedFunctions.Tests.Durability;

/// <summary>One storage account for the hubs of all tests.</summary>
public sealed class StorageAccount : IAsyncLifetime
{
    private readonly StorageEmulator _emulator = new();

    public string ConnectionString => _emulator.ConnectionString;

    public async ValueTask InitializeAsync() => await _emulator.StartAsync();

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();
}
