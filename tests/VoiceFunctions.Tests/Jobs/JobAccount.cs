using VoiceFunctions.Testing;

namespace VoiceFunctions.Tests.Jobs;

/// <summary>A storage account for the tests of a class; each uses a tenant of its own.</summary>
public sealed class JobAccount : IAsyncLifetime
{
    internal StorageEmulator Emulator { get; } = new();

    public async ValueTask InitializeAsync() => await Emulator.StartAsync();

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
