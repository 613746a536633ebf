using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Caching;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Caching;

[Collection(AzuriteCollection.Name)]
public sealed class TableSpeechStoreTests(AzuriteCollection.Account account)
{
    private readonly StoredCache _stored = new(account.Emulator);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(StoredRow.MaxInline, 0)]
    [InlineData(StoredRow.MaxInline + 1, 1)]
    [InlineData(3_000_000, 1)]
    public async Task GetAudioAsync_AfterARestart_IsServedByteForByte(int length, int blobs)
    {
        var audio = RandomNumberGenerator.GetBytes(length);
        SpeechOutcome made;
        await using (var first = await _stored.StartAsync())
        {
            first.Speaker.Answer = (_, options, _) => Task.FromResult(StubSpeaker.Response(options, audio));
            made = (await first.SpeakAsync()).GetOutcome();
        }

        await using var second = await _stored.StartAsync();
        var response = await second.SpeakAsync();

        Assert.True(response.GetAudio().Span.SequenceEqual(audio));
        Assert.Equal(0, second.Speaker.Calls);
        Assert.Equal(["hit storage"], second.Lookups());
        Assert.Equal(
            made with { Attempts = [], Cache = CacheOutcome.Hit, CostUsd = 0, SavedUsd = 0.01m, Segments = [], Words = [] },
            response.GetOutcome() with { Attempts = [], Segments = [], Words = [] });
        Assert.Equal(blobs, (await _stored.BlobsAsync()).Count);
        Assert.Equal("ready", Assert.Single(await _stored.RowsAsync()).GetString("State"));
        Assert.Equal(length, Assert.Single(await _stored.EntriesAsync()).GetInt64("Bytes"));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(StoredRow.MaxInline + 1)]
    public async Task Knows_StoredOrRead_IsRememberedWithoutMemory(int length)
    {
        (string, string?) noMemory = ("MemoryBytes", "1");
        await using var first = await _stored.StartAsync(settings: noMemory);
        first.Speaker.Answer = (_, options, _) => Task.FromResult(StubSpeaker.Response(options, RandomNumberGenerator.GetBytes(length)));
        await first.SpeakAsync(call: new() { StoreBeforeReturn = true });
        await using var second = await _stored.StartAsync(settings: noMemory);
        var key = Key(Assert.Single(await _stored.RowsAsync()));

        Assert.True(first.Get<ISpeechStore>().Knows(key));
        Assert.False(second.Get<ISpeechStore>().Knows(key));
        await second.SpeakAsync();
        Assert.True(second.Get<ISpeechStore>().Knows(key));
        await second.SpeakAsync();

        Assert.Equal(["hit storage", "hit storage"], second.Lookups());
    }

    [Fact]
    public async Task GetAudioAsync_AfterARestart_TellsForWhichChunkItWasMade()
    {
        await using (var first = await _stored.StartAsync())
        {
            Assert.Equal("job/1", (await first.SpeakAsync(call: new() { Chunk = "job/1", StoreBeforeReturn = true })).GetOutcome().MadeFor);
        }

        await using var second = await _stored.StartAsync();

        Assert.Equal("job/1", (await second.SpeakAsync(call: new() { Chunk = "job/2" })).GetOutcome().MadeFor);
    }

    [Fact]
    public async Task GetAudioAsync_TwoInstancesAtOnce_MakeOneCallInAll()
    {
        await using var first = await _stored.StartAsync();
        await using var second = await _stored.StartAsync();
        var gate = first.Speaker.Hold();
        var leader = first.SpeakAsync();
        await first.Speaker.Called.Task;
        var others = Enumerable.Range(0, 20).Select(_ => second.SpeakAsync()).ToArray();
        // Held by the lease of the first: it is there, and nobody takes it for a result.
        Assert.Equal("pending", Assert.Single(await _stored.RowsAsync()).GetString("State"));
        gate.SetResult();

        var outcomes = (await Task.WhenAll([leader, .. others])).Select(response => response.GetOutcome()).ToArray();

        Assert.Equal((1, 0), (first.Speaker.Calls, second.Speaker.Calls));
        Assert.Equal(1, outcomes.Count(outcome => outcome.Cache == CacheOutcome.Miss));
        Assert.Equal(0.01m, outcomes.Sum(outcome => outcome.CostUsd));
    }

    [Fact]
    public async Task GetAudioAsync_ManyTextsInTwoInstancesAtOnce_MakeOneCallForEach()
    {
        await using var first = await _stored.StartAsync();
        await using var second = await _stored.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(call => (call % 2 == 0 ? first : second).SpeakAsync($"Text {call % 25}.")));

        Assert.Equal(25, first.Speaker.Calls + second.Speaker.Calls);
        await first.StopAsync();
        await second.StopAsync();
        Assert.Equal(25, (await _stored.RowsAsync()).Count(row => row.GetString("State") == "ready"));
    }

    [Fact]
    public async Task GetAudioAsync_HolderOfTheLeaseIsGone_IsTakenOverWhenItExpires()
    {
        await using var crashed = await _stored.StartAsync(settings: ("LeaseDuration", "00:00:01"));
        crashed.Speaker.Hold();
        using var killed = new CancellationTokenSource();
        var lost = crashed.SpeakAsync(token: killed.Token);
        await crashed.Speaker.Called.Task;
        await using var other = await _stored.StartAsync(settings: ("LeaseWait", "00:05:00"));

        Assert.Equal(CacheOutcome.Miss, (await other.SpeakAsync()).GetOutcome().Cache);
        await killed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lost);
        await crashed.StopAsync();
        await other.StopAsync();
        // What the first gives up is not the second's.
        Assert.Equal("ready", Assert.Single(await _stored.RowsAsync()).GetString("State"));
    }

    [Fact]
    public async Task GetAudioAsync_FailedCall_LeavesNoLeaseBehind()
    {
        await using var cache = await _stored.StartAsync();
        cache.Speaker.Answer = (_, _, _) => throw new ProviderException("a", ProviderFailureKind.Unavailable, "Down.");
        await Assert.ThrowsAsync<ProviderException>(() => cache.SpeakAsync());
        await cache.StopAsync();

        Assert.Empty(await _stored.RowsAsync());
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("foreign")]
    [InlineData("gone")]
    public async Task GetAudioAsync_BlobIsNotTheRows_IsMadeAgainAndRepaired(string damage)
    {
        var audio = RandomNumberGenerator.GetBytes(100_000);
        await using (var first = await _stored.StartAsync())
        {
            first.Speaker.Answer = (_, options, _) => Task.FromResult(StubSpeaker.Response(options, audio));
            await first.SpeakAsync();
        }

        var blob = _stored.Blobs.GetBlobClient(Assert.Single(await _stored.BlobsAsync()).Name);
        await (damage switch
        {
            "truncated" => blob.UploadAsync(BinaryData.FromBytes(audio[..50_000]), overwrite: true, Token),
            "foreign" => blob.UploadAsync(BinaryData.FromBytes(RandomNumberGenerator.GetBytes(100_000)), overwrite: true, Token),
            _ => (Task)blob.DeleteAsync(cancellationToken: Token),
        });

        await using (var second = await _stored.StartAsync())
        {
            second.Speaker.Answer = (_, options, _) => Task.FromResult(StubSpeaker.Response(options, audio));
            Assert.Equal(CacheOutcome.Miss, (await second.SpeakAsync()).GetOutcome().Cache);
        }

        await using var third = await _stored.StartAsync();
        Assert.True((await third.SpeakAsync()).GetAudio().Span.SequenceEqual(audio));
        Assert.Equal(0, third.Speaker.Calls);
        Assert.Single(await _stored.BlobsAsync());
    }

    [Fact]
    public async Task GetAudioAsync_RowIsDamaged_IsMadeAgain()
    {
        await using (var first = await _stored.StartAsync())
        {
            await first.SpeakAsync();
        }

        var row = Assert.Single(await _stored.RowsAsync());
        row["Content"] = new byte[] { 3, 2, 1 };
        await _stored.Results.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Token);

        await using var second = await _stored.StartAsync();
        Assert.Equal(CacheOutcome.Miss, (await second.SpeakAsync()).GetOutcome().Cache);
        await second.StopAsync();
        Assert.Equal([1, 2, 3], Assert.Single(await _stored.RowsAsync()).GetBinary("Content"));
    }

    [Fact]
    public async Task GetAudioAsync_TooOld_IsMadeAgain()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var cache = await _stored.StartAsync(time, ("MaxAge", "1.00:00:00"));
        await cache.SpeakAsync(call: new() { StoreBeforeReturn = true });

        time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(CacheOutcome.Hit, (await cache.SpeakAsync()).GetOutcome().Cache);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(CacheOutcome.Miss, (await cache.SpeakAsync()).GetOutcome().Cache);
    }

    [Fact]
    public async Task GetAudioAsync_TablesDeletedInMidRun_AreMadeAgain()
    {
        await using var cache = await _stored.StartAsync();
        await cache.SpeakAsync("One.", new() { StoreBeforeReturn = true });
        await _stored.Results.DeleteAsync(Token);
        await _stored.Index.DeleteAsync(Token);
        await _stored.Blobs.DeleteAsync(cancellationToken: Token);
        cache.Speaker.Answer = (_, options, _) => Task.FromResult(StubSpeaker.Response(options, new byte[100_000]));

        await cache.SpeakAsync("Two.", new() { StoreBeforeReturn = true });

        Assert.Single(await _stored.RowsAsync());
        Assert.Single(await _stored.BlobsAsync());
        Assert.Empty(cache.Failures());
    }

    [Fact]
    public async Task GetTextAsync_WordTimesThatTheStoredResultLacks_ReplaceItWhenTheyAreThere()
    {
        await using var cache = await _stored.StartAsync();
        var store = cache.Get<ISpeechStore>();
        var key = new SpeechCacheKey(1, 2);
        var outcome = new SpeechOutcome { Provider = "a", Model = "ear" };
        var now = TimeProvider.System.GetUtcNow();
        await store.StoreAsync(key, CachedSpeech.OfTranscript("t", outcome, "hello", now), lease: null, Token);
        var words = new SpeechCall { Tenant = "t", Timings = TimingKinds.Word };

        var claimed = Assert.IsType<StoreAnswer.Claimed>(await store.ClaimAsync(key, words, again: false, Token));
        await store.ReleaseAsync(claimed.Lease, Token);
        Assert.Equal("hello", Assert.IsType<StoreAnswer.Found>(await store.FindAsync(key, new SpeechCall(), Token)).Speech.Transcript!.Text);

        await store.StoreAsync(key, CachedSpeech.OfTranscript("t", outcome with { Words = [new("hello", 0, 1)] }, "hello", now), claimed.Lease, Token);
        Assert.Single(Assert.IsType<StoreAnswer.Found>(await store.FindAsync(key, words, Token)).Speech.Transcript!.Words);
    }

    [Fact]
    public async Task TouchAsync_ByManyInstances_WritesOnceInAnHour()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var cache = await _stored.StartAsync(time);
        await cache.SpeakAsync(call: new() { StoreBeforeReturn = true });
        var key = Key(Assert.Single(await _stored.RowsAsync()));
        var store = cache.Get<ISpeechStore>();
        time.Advance(TimeSpan.FromHours(1));
        var first = time.GetUtcNow();

        await store.TouchAsync(key, first, Token);
        await store.TouchAsync(key, first + TimeSpan.FromMinutes(59), Token);

        Assert.Equal(first, Assert.Single(await _stored.RowsAsync()).GetDateTimeOffset("LastUsedAt"));
    }

    private static SpeechCacheKey Key(TableEntity row) => new(UInt128.Parse(row.PartitionKey[..32], NumberStyles.HexNumber, null), UInt128.Parse(row.PartitionKey[32..], NumberStyles.HexNumber, null));
}
