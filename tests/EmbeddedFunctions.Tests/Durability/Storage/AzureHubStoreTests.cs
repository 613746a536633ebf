using Azure.Data.Tables;
using Azure.Storage.Blobs;
using EmbeddedFunctions.Durability.Storage;
using EmbeddedFunctions.Tests.Storage;

namespace EmbeddedFunctions.Tests.Durability.Storage;

public sealed class AzureHubStoreTests(StorageAccount account) : IAsyncLifetime
{
    private readonly string _name = StorageAccount.NewName();
    private AzureHubStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = new AzureHubStore(new TableClient(account.ConnectionString, _name), new BlobContainerClient(account.ConnectionString, _name));
        await _store.CreateAsync(Token);
        await _store.CreateAsync(Token);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData(RowEntity.LargestContent)]
    public async Task Get_OfWhatWasInserted_ReturnsIt(int length)
    {
        var data = new byte[length];
        Random.Shared.NextBytes(data);
        var versions = await _store.CommitAsync("p", [RowWrite.Insert("k", data)], Token);

        var row = await _store.GetAsync("p", "k", Token);

        Assert.Equal(data, row!.Data);
        Assert.Equal(row.ETag, versions!.Single());
    }

    [Fact]
    public async Task Get_OfWhatIsNotThere_ReturnsNull()
    {
        Assert.Null(await _store.GetAsync("p", "none", Token));
        Assert.Null(await _store.GetBlobAsync("none", Token));
    }

    [Fact]
    public async Task Commit_OfOneWriteWhoseConditionDoesNotHold_DoesNothing()
    {
        var old = (await _store.CommitAsync("p", [RowWrite.Insert("k", [1])], Token))![0];
        Assert.NotNull(await _store.CommitAsync("p", [RowWrite.Replace("k", [2], old)], Token));

        Assert.Null(await _store.CommitAsync("p", [RowWrite.Insert("k", [3])], Token));
        Assert.Null(await _store.CommitAsync("p", [RowWrite.Replace("k", [3], old)], Token));
        Assert.Null(await _store.CommitAsync("p", [RowWrite.Replace("none", [3], old)], Token));
        Assert.Null(await _store.CommitAsync("p", [RowWrite.Delete("k", old)], Token));
        Assert.Null(await _store.CommitAsync("p", [RowWrite.Delete("none")], Token));

        Assert.Equal([2], (await _store.GetAsync("p", "k", Token))!.Data);
    }

    [Fact]
    public async Task Commit_OfSeveralWritesOfWhichOneFails_DoesNone()
    {
        var version = (await _store.CommitAsync("p", [RowWrite.Insert("head", [1]), RowWrite.Insert("message", [1])], Token))![0];
        Assert.NotNull(await _store.CommitAsync("p", [RowWrite.Replace("head", [2], version)], Token));

        Assert.Null(await _store.CommitAsync("p", [RowWrite.Replace("head", [3], version), RowWrite.Insert("history", [3]), RowWrite.Delete("message")], Token));
        Assert.Null(await _store.CommitAsync("p", [RowWrite.Insert("other", [3]), RowWrite.Insert("message", [3])], Token));

        Assert.Equal(["head", "message"], (await _store.QueryAsync("p", "a", "z", null, Token)).Select(row => row.Key));
    }

    [Fact]
    public async Task Commit_OfSeveralWrites_ReturnsVersionsToGoOnWith()
    {
        var first = (await _store.CommitAsync("p", [RowWrite.Insert("head", [1]), RowWrite.Insert("h-1", [1]), RowWrite.Insert("m-1", [1])], Token))!;
        var second = (await _store.CommitAsync("p", [RowWrite.Replace("head", [2], first[0]), RowWrite.Insert("h-2", [2]), RowWrite.Delete("m-1")], Token))!;

        Assert.NotNull(await _store.CommitAsync("p", [RowWrite.Replace("head", [3], second[0]), RowWrite.Delete("h-1", first[1])], Token));
        Assert.Equal(["h-2", "head"], (await _store.QueryAsync("p", "a", "z", null, Token)).Select(row => row.Key));
    }

    [Fact]
    public async Task Query_OfARange_ReturnsItInOrder()
    {
        foreach (var key in (string[])["m-2", "m-1", "h-1", "n"])
        {
            await _store.CommitAsync("p", [RowWrite.Insert(key, [1])], Token);
        }

        await _store.CommitAsync("q", [RowWrite.Insert("m-1", [1])], Token);

        Assert.Equal(["m-1", "m-2"], (await _store.QueryAsync("p", "m-", "m.", null, Token)).Select(row => row.Key));
        Assert.Equal(["h-1", "m-1"], (await _store.QueryAsync("p", "a", "z", 2, Token)).Select(row => row.Key));
        Assert.Equal(["p", "q"], (await _store.QueryPartitionsAsync("p", "r", "m-1", 10, Token)).Select(row => row.Partition));
    }

    [Fact]
    public async Task Blobs_AreWrittenListedAndDeleted()
    {
        await _store.PutBlobAsync("i-a/g/1", BinaryData.FromString("one"), Token);
        await _store.PutBlobAsync("i-a/g/1", BinaryData.FromString("two"), Token);
        await _store.PutBlobAsync("i-b/g/1", BinaryData.FromString("three"), Token);

        Assert.Equal("two", (await _store.GetBlobAsync("i-a/g/1", Token))!.ToString());
        Assert.Equal(["i-a/g/1"], await _store.ListBlobsAsync("i-a/", Token));
        await _store.DeleteBlobAsync("i-a/g/1", Token);
        await _store.DeleteBlobAsync("i-a/g/1", Token);
        Assert.Empty(await _store.ListBlobsAsync("i-a/", Token));
    }
}
