using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Caching;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Caching;

[Collection(AzuriteCollection.Name)]
public sealed class SpeechEvictionTests(AzuriteCollection.Account account)
{
    private const string Room = "100000";

    private readonly StoredCache _stored = new(account.Emulator);
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_TooOld_GoesWithRowBlobAndEntry()
    {
        await using var cache = await StartAsync(("MaxAge", "2.00:00:00"));
        await MakeAsync(cache, "Small and old.", 10);
        await MakeAsync(cache, "Large and old.", 60_000);
        _time.Advance(TimeSpan.FromDays(1));
        await MakeAsync(cache, "Young.", 10);
        _time.Advance(TimeSpan.FromDays(1));

        var report = await EvictAsync(cache);

        Assert.Equal(new EvictionReport { Aged = 2, Entries = 1, Bytes = 10 }, report);
        Assert.Single(await _stored.RowsAsync());
        Assert.Single(await _stored.EntriesAsync());
        Assert.Empty(await _stored.BlobsAsync());
    }

    [Fact]
    public async Task RunAsync_TooMuch_RemovesWhatWasNotUsedForLongest()
    {
        await using var cache = await StartAsync(("MaxBytesPerTenant", Room));
        foreach (var text in (string[])["One.", "Two.", "Three.", "Four.", "Five."])
        {
            await MakeAsync(cache, text, 30_000);
            _time.Advance(TimeSpan.FromHours(2));
        }

        // Used since the index was written, by an instance that has told storage.
        await cache.SpeakAsync("One.");
        await cache.StopAsync();
        var report = await EvictAsync(cache);

        Assert.Equal((2, 0, 3, 90_000), (report.Crowded, report.Orphans, report.Entries, report.Bytes));
        Assert.Equal(["Five.", "Four.", "One."], await StoredAsync("One.", "Two.", "Three.", "Four.", "Five."));
        Assert.Equal(3, (await _stored.EntriesAsync()).Count);
    }

    [Fact]
    public async Task RunAsync_UsedOnALaterDay_IsMovedThereAndNotEvicted()
    {
        await using var cache = await StartAsync(("MaxBytesPerTenant", Room));
        await MakeAsync(cache, "Used.", 60_000);
        _time.Advance(TimeSpan.FromMinutes(1));
        await MakeAsync(cache, "Unused.", 60_000);
        _time.Advance(TimeSpan.FromDays(3));
        await cache.SpeakAsync("Used.");
        await cache.StopAsync();

        var report = await EvictAsync(cache);

        Assert.Equal((1, 1), (report.Crowded, report.Entries));
        var entry = Assert.Single(await _stored.EntriesAsync());
        Assert.Equal($"default|{_time.GetUtcNow():yyyyMMdd}", entry.PartitionKey);
        Assert.Equal(["Used."], await StoredAsync("Used.", "Unused."));
    }

    [Fact]
    public async Task RunAsync_ManyTenants_EachHasItsOwnRoom()
    {
        await using var cache = await StartAsync(("MaxBytesPerTenant", Room));
        foreach (var tenant in (string[])["a/b#c?d|e~", "b"])
        {
            foreach (var text in (string[])["One.", "Two.", "Three."])
            {
                await MakeAsync(cache, text, 45_000, tenant);
                _time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        Assert.Equal(new EvictionReport { Crowded = 2, Entries = 4, Bytes = 180_000 }, await EvictAsync(cache));
    }

    [Fact]
    public async Task RunAsync_TwoInstancesAtOnce_RemoveNoMoreThanOneWould()
    {
        await using var first = await StartAsync(("MaxBytesPerTenant", "300000"));
        await using var second = await StartAsync(("MaxBytesPerTenant", "300000"));
        for (var text = 0; text < 40; text++)
        {
            await MakeAsync(first, $"Text {text}.", 10_000);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var reports = await Task.WhenAll(EvictAsync(first), EvictAsync(second));

        Assert.Equal(10, reports.Sum(report => report.Crowded));
        Assert.Equal(30, (await _stored.RowsAsync()).Count);
        Assert.Equal(30, (await EvictAsync(first)).Entries);
        Assert.All(await _stored.RowsAsync(), row => Assert.NotEqual("pending", row.GetString("State")));
    }

    [Fact]
    public async Task RunAsync_BlobWithoutARow_GoesWhenItIsOldEnough()
    {
        await using var cache = await StartAsync();
        await MakeAsync(cache, "Whole.", 60_000);
        await _stored.Blobs.UploadBlobAsync($"{new SpeechCacheKey(1, 2)}/orphan", BinaryData.FromString("left by a crash"), Token);
        var own = (await _stored.BlobsAsync()).Single(blob => !blob.Name.EndsWith("orphan", StringComparison.Ordinal)).Name;
        await _stored.Blobs.UploadBlobAsync($"{own.Split('/')[0]}/replaced", BinaryData.FromString("of a row that has another"), Token);

        Assert.Equal(0, (await EvictAsync(cache)).Orphans);
        _time.Advance(TimeSpan.FromHours(1.1));

        Assert.Equal(2, (await EvictAsync(cache)).Orphans);
        Assert.Equal(own, Assert.Single(await _stored.BlobsAsync()).Name);
    }

    [Fact]
    public async Task RunAsync_RowWhoseBlobIsGone_Goes()
    {
        await using var cache = await StartAsync();
        await MakeAsync(cache, "Whole.", 60_000);
        await MakeAsync(cache, "Broken.", 70_000);
        var broken = (await _stored.RowsAsync()).Single(row => row.GetInt64("Bytes") == 70_000);
        await _stored.Blobs.DeleteBlobAsync(broken.GetString("Blob"), cancellationToken: Token);

        Assert.Equal(1, (await EvictAsync(cache)).Orphans);

        Assert.Equal((0, 1), ((await EvictAsync(cache)).Orphans, (await EvictAsync(cache)).Entries));
        Assert.Equal(60_000, Assert.Single(await _stored.RowsAsync()).GetInt64("Bytes"));
        Assert.Single(await _stored.EntriesAsync());
    }

    [Fact]
    public async Task RunAsync_LeaseOfAProcessThatCrashed_Goes()
    {
        await using var cache = await StartAsync();
        var store = cache.Get<ISpeechStore>();
        var claimed = Assert.IsType<StoreAnswer.Claimed>(await store.ClaimAsync(new SpeechCacheKey(1, 2), new SpeechCall(), again: false, Token));
        await store.NoteAsync(claimed.Lease, Token);

        Assert.Equal(0, (await EvictAsync(cache)).Orphans);
        _time.Advance(TimeSpan.FromHours(1.1));

        Assert.Equal(1, (await EvictAsync(cache)).Orphans);
        Assert.Empty(await _stored.RowsAsync());
        Assert.Empty(await _stored.EntriesAsync());
    }

    [Theory]
    [InlineData("before the row")]
    [InlineData("in the middle of a move")]
    public async Task RunAsync_EntryThatACrashLeft_Goes(string when)
    {
        await using var cache = await StartAsync();
        await MakeAsync(cache, "Whole.", 100);
        _time.Advance(TimeSpan.FromDays(2));
        if (when == "before the row")
        {
            await _stored.Results.DeleteEntityAsync(Assert.Single(await _stored.RowsAsync()), ETag.All, Token);
        }
        else
        {
            var entry = Assert.Single(await _stored.EntriesAsync());
            var today = new TableEntity(CacheRows.Partition("default", _time.GetUtcNow()), entry.RowKey)
            {
                ["Tenant"] = "default", ["Bytes"] = 100L, ["LastUsedAt"] = _time.GetUtcNow(), ["MadeAt"] = entry.GetDateTimeOffset("MadeAt"),
            };
            await _stored.Index.AddEntityAsync(new TableEntity(CacheRows.Partitions, today.PartitionKey), Token);
            await _stored.Index.AddEntityAsync(today, Token);
        }

        var report = await EvictAsync(cache);

        Assert.Equal(when == "before the row" ? (0, 0L) : (1, 100L), (report.Entries, report.Bytes));
        Assert.Equal(report.Entries, (await _stored.EntriesAsync()).Count);
    }

    [Fact]
    public async Task RunAsync_PartitionsLongEmpty_AreForgotten()
    {
        await using var cache = await StartAsync(("MaxAge", "1.00:00:00"));
        await MakeAsync(cache, "Old.", 10);
        _time.Advance(TimeSpan.FromDays(5));

        await EvictAsync(cache);
        await EvictAsync(cache);

        Assert.Empty(await PartitionsAsync());
    }

    private async Task<IReadOnlyList<string>> PartitionsAsync()
    {
        List<string> partitions = [];
        await foreach (var row in _stored.Index.QueryAsync<TableEntity>(row => row.PartitionKey == CacheRows.Partitions, cancellationToken: Token))
        {
            partitions.Add(row.RowKey);
        }

        return partitions;
    }

    private static Task<EvictionReport> EvictAsync(CacheInstance cache) => cache.Get<SpeechEviction>().RunAsync(Token);

    private static async Task MakeAsync(CacheInstance cache, string text, int length, string tenant = "default")
    {
        cache.Speaker.Answer = (_, options, _) => Task.FromResult(StubSpeaker.Response(options, new byte[length]));
        await cache.SpeakAsync(text, new() { Tenant = tenant, StoreBeforeReturn = true });
    }

    private Task<CacheInstance> StartAsync(params (string Key, string? Value)[] settings) => _stored.StartAsync(_time, settings);

    /// <summary>Those of the texts that storage has, as another instance finds them.</summary>
    private async Task<IEnumerable<string>> StoredAsync(params string[] texts)
    {
        await using var other = await StartAsync();
        List<string> found = [];
        foreach (var text in texts)
        {
            try
            {
                await other.SpeakAsync(text, new() { Cache = CacheMode.Only });
                found.Add(text);
            }
            catch (VoiceFunctions.Problems.ProblemException)
            {
                continue;
            }
        }

        return found.Order(StringComparer.Ordinal);
    }
}
