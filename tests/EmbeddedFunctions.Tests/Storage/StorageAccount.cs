using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using VoiceFunctions.Testing;

[assembly: AssemblyFixture(typeof(EmbeddedFunctions.Tests.Storage.StorageAccount))]

namespace EmbeddedFunctions.Tests.Storage;

/// <summary>One storage emulator for all tests; each takes names of its own in it.</summary>
public sealed class StorageAccount : IAsyncLifetime
{
    private readonly StorageEmulator _emulator = new();

    public string ConnectionString => _emulator.ConnectionString;

    public BlobServiceClient Blobs => new(ConnectionString);

    public QueueServiceClient Queues => new(ConnectionString);

    /// <summary>A host id, or the name of a container, that no other test has.</summary>
    public static string NewName() => $"t{Guid.NewGuid():N}"[..24];

    public async ValueTask InitializeAsync() => await _emulator.StartAsync();

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();
}
