using VoiceFunctions.Testing;

namespace VoiceFunctions.Tests.Caching;

/// <summary>One storage account for the tests that name this collection; each uses tables and a container of its own.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteCollection.Account>
{
    public const string Name = "Cache in Azurite";

    public sealed class Account : IAsyncLifetime
    {
        internal StorageEmulator Emulator { get; } = new();

        public async ValueTask InitializeAsync() => await Emulator.StartAsync();

        public ValueTask DisposeAsync() => Emulator.DisposeAsync();
    }
}
