using Azure;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Tests.Storage;

public sealed class StorageProbeTests
{
    private readonly StubTable _table = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RoundTripAsync_Healthy_WritesAndReadsEachTime()
    {
        var probe = new StorageProbe(_table.Client);

        await probe.RoundTripAsync(Token);
        Assert.Equal(3, _table.Requests);
        await probe.RoundTripAsync(Token);
        Assert.Equal(5, _table.Requests);
    }

    [Fact]
    public async Task RoundTripAsync_Broken_Throws()
    {
        _table.Broken = true;

        await Assert.ThrowsAsync<RequestFailedException>(() => new StorageProbe(_table.Client).RoundTripAsync(Token));
    }

    [Fact]
    public async Task RoundTripAsync_GivesBackAnotherRow_Throws()
    {
        _table.Forgetful = true;

        await Assert.ThrowsAsync<RequestFailedException>(() => new StorageProbe(_table.Client).RoundTripAsync(Token));
    }
}
