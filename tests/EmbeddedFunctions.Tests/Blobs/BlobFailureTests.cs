using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using EmbeddedFunctions.Tests.Storage;
using EmbeddedFunctions.Tests.Triggers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Tests.Blobs;

public sealed class BlobFailureTests(StorageAccount account)
    : BlobAppTests(account, """{ "version": "2.0", "functionTimeout": "00:00:02", "extensions": { "blobs": { "poisonBlobThreshold": 3 } } }""")
{
    [Fact]
    public async Task Run_FailsTooOften_IsGivenUpWithAMessageAndNotTriedAgain()
    {
        await UploadAsync("folder/bad one", "bad");
        await using (var app = await StartAsync(typeof(Fails)))
        {
            for (var index = 0; index < 3; index++)
            {
                Assert.Equal(new BlobRun("folder/bad one", "bad"), await Runs.NextAsync());
            }

            await CompletedAsync(1);
            Assert.Equal(3, app.Logs.GetSnapshot().Count(record => record.Exception is InvalidTimeZoneException));
            Assert.DoesNotContain(app.Logs.GetSnapshot(), record => record.Message.Contains("bad one", StringComparison.Ordinal));
            Assert.Contains(app.Logs.GetSnapshot(), record => record.Level == LogLevel.Error && record.Message.Contains("after 3 tries", StringComparison.Ordinal));
        }

        var etag = (await Container.GetBlobClient("folder/bad one").GetPropertiesAsync(cancellationToken: Token)).Value.ETag;
        Assert.Equal(
            $$"""{"Type":"BlobTrigger","FunctionId":"Host.Functions.Fails","BlobType":"BlockBlob","ContainerName":"{{Container.Name}}","BlobName":"folder/bad one","ETag":{{JsonSerializer.Serialize(etag.ToString("H"))}}}""",
            JsonSerializer.Serialize(JsonDocument.Parse(Assert.Single(await PoisonAsync())).RootElement));
        await using var again = await StartAsync(typeof(Fails));
        await UploadAsync("marker", "bad");
        Assert.Equal("marker", (await Runs.NextAsync()).Name);
    }

    [Fact]
    public async Task Run_GivenUpBlobIsOverwritten_NewVersionIsTried()
    {
        await UploadAsync("one", "bad");
        await using var app = await StartAsync(typeof(Fails));
        await CompletedAsync(1);

        await UploadAsync("one", "good");
        await CompletedAsync(2);

        Assert.Equal(["bad", "bad", "bad", "good"], new[] { await Runs.NextAsync(), await Runs.NextAsync(), await Runs.NextAsync(), await Runs.NextAsync() }.Select(run => run.Content));
        Assert.Single(await PoisonAsync());
    }

    [Fact]
    public async Task Run_SucceedsAtTheLastTry_IsNotGivenUp()
    {
        await UploadAsync("one", "2 failures");
        await using var app = await StartAsync(typeof(FailsAtFirst));

        await CompletedAsync(1);

        Assert.Equal([$"Host.Functions.FailsAtFirst {Container.Name}/one complete 3"], await ReceiptsAsync());
        Assert.Empty(await PoisonAsync());
    }

    [Fact]
    public async Task Run_TimeIsOver_CountsAsAFailedTry()
    {
        await UploadAsync("one", "endless");
        await using var app = await StartAsync(typeof(Endless));

        await CompletedAsync(1);

        Assert.Single(await PoisonAsync());
        Assert.Equal(3, app.Logs.GetSnapshot().Count(record => record.Message.Contains("exceeded functionTimeout", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_OverwrittenDuringARun_NewVersionRunsAfterItAndNotBeside()
    {
        await UploadAsync("one", "first");
        await using var app = await StartAsync(typeof(Waits));
        Assert.Equal("first", (await Runs.NextAsync()).Content);

        await UploadAsync("one", "second");
        await UploadAsync("two", "other");
        Assert.Equal(new BlobRun("two", "other"), await Runs.NextAsync());
        Assert.True(Runs.IsEmpty);
        Signals.Release.SetResult();

        Assert.Equal(new BlobRun("one", "second"), await Runs.NextAsync());
        await CompletedAsync(3);
        Assert.True(Runs.IsEmpty);
    }

    [Fact]
    public async Task Run_OverwrittenDuringARunThatFails_OldVersionIsNotTriedAgain()
    {
        await UploadAsync("one", "first");
        await using var app = await StartAsync(typeof(WaitsAndFailsAtFirst));
        Assert.Equal("first", (await Runs.NextAsync()).Content);

        await UploadAsync("one", "second");
        Signals.Release.SetResult();

        Assert.Equal("second", (await Runs.NextAsync()).Content);
        await CompletedAsync(1);
        Assert.True(Runs.IsEmpty);
        Assert.Equal(["complete 1", "incomplete 1"], (await ReceiptsAsync()).Select(receipt => string.Join(' ', receipt.Split(' ')[^2..])).Order());
    }

    [Fact]
    public async Task Run_OverwrittenWhileItsStreamIsRead_FailsAndRunsWithTheNewVersion()
    {
        await UploadAsync("one", new string('a', 9_000_000));
        await using var app = await StartAsync(typeof(ReadsSlowly));
        await Signals.Started.Task;

        await UploadAsync("one", "short");
        Signals.Release.SetResult();

        Assert.Equal(new BlobRun("one", "short"), await Runs.NextAsync());
        await CompletedAsync(1);
    }

    [Fact]
    public async Task Run_DeletedDuringARunThatFails_IsForgotten()
    {
        await UploadAsync("one", "first");
        await using var app = await StartAsync(typeof(WaitsAndFailsAtFirst));
        await Runs.NextAsync();

        await Container.DeleteBlobAsync("one", cancellationToken: Token);
        Signals.Release.SetResult();
        await UploadAsync("two", "other");

        Assert.Equal(new BlobRun("two", "other"), await Runs.NextAsync());
        await CompletedAsync(1);
        Assert.Empty(await PoisonAsync());
    }

    [Fact]
    public async Task Run_StorageFailsAfterTheRun_ReceiptIsWrittenWhenItIsBack()
    {
        var outage = new Outage();
        await UploadAsync("one", "first");
        await using var app = await StartAsync(typeof(Waits), configureStorage: outage.AddTo);
        await Runs.NextAsync();

        outage.IsOn = true;
        Signals.Release.SetResult();
        var before = outage.Refused;
        await Eventually.TrueAsync(() => outage.Refused > before + 2);
        outage.IsOn = false;

        await CompletedAsync(1);
        Assert.True(Runs.IsEmpty);
        Assert.Equal([$"Host.Functions.Waits {Container.Name}/one complete 1"], await ReceiptsAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Run_AnswersToWritesOfItsReceiptAreLost_RunsOnce(int answers)
    {
        // Making it, counting the try and completing it are a write each.
        var lost = new LostAnswers("/blobreceipts/") { Remaining = answers };
        Signals.Release.SetResult();
        await UploadAsync("one", "first");
        await using var app = await StartAsync(typeof(Waits), configureStorage: lost.AddTo);

        await Runs.NextAsync();
        await CompletedAsync(1);

        Assert.True(lost.Remaining <= 0);
        Assert.Equal([$"Host.Functions.Waits {Container.Name}/one complete 1"], await ReceiptsAsync());
        await UploadAsync("marker", "other");
        Assert.Equal(new BlobRun("marker", "other"), await Runs.NextAsync());
    }

    [Fact]
    public async Task Run_ReceiptSaysThatEveryTryEndedInACrash_IsGivenUp()
    {
        // As it is after three processes have died in it.
        await UploadAsync("one", "first");
        var etag = (await Container.GetBlobClient("one").GetPropertiesAsync(cancellationToken: Token)).Value.ETag;
        var host = Account.Blobs.GetBlobContainerClient("azure-webjobs-hosts");
        await host.CreateIfNotExistsAsync(cancellationToken: Token);
        await host.GetBlobClient($"blobreceipts/{App.HostId}/Host.Functions.Fails/{etag:H}/{Container.Name}/one").UploadAsync(
            BinaryData.Empty, new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["Incomplete"] = "Incomplete", ["Tries"] = "3" } }, Token);

        await using var app = await StartAsync(typeof(Fails));
        await CompletedAsync(1);

        Assert.Single(await PoisonAsync());
        Assert.True(Runs.IsEmpty);
    }

    /// <summary>The messages about this test's container: the queue is the account's.</summary>
    private async Task<List<string>> PoisonAsync()
    {
        var queue = new QueueClient(Account.ConnectionString, "webjobs-blobtrigger-poison", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        if (!await queue.ExistsAsync(Token))
        {
            return [];
        }

        PeekedMessage[] messages = await queue.PeekMessagesAsync(32, Token);
        return [.. messages.Select(message => message.Body.ToString()).Where(message => message.Contains(Container.Name, StringComparison.Ordinal))];
    }

    public sealed class Fails(Recorder<BlobRun> runs)
    {
        [Function("Fails")]
        public async Task Run([BlobTrigger("%Container%/{name}")] BlobClient blob, string name)
        {
            var content = $"{(await blob.DownloadContentAsync()).Value.Content}";
            runs.Add(new BlobRun(name, content));
            if (content == "bad")
            {
                throw new InvalidTimeZoneException("of the function");
            }
        }
    }

    public sealed class FailsAtFirst(Recorder<BlobRun> runs, RunningBlobs tries)
    {
        [Function("FailsAtFirst")]
        public void Run([BlobTrigger("%Container%/{name}")] BlobClient blob)
        {
            runs.Add(new BlobRun(blob.Name, string.Empty));
            tries.Enter();
            if (tries.Now <= 2)
            {
                throw new InvalidTimeZoneException("of the function");
            }
        }
    }

    public sealed class Endless
    {
        [Function("Endless")]
        public static Task Run([BlobTrigger("%Container%/{name}")] BlobClient blob, CancellationToken cancellationToken) =>
            Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }

    public sealed class Waits(Recorder<BlobRun> runs, Signals signals)
    {
        [Function("Waits")]
        public async Task Run([BlobTrigger("%Container%/{name}")] BlobClient blob, string name)
        {
            var content = $"{(await blob.DownloadContentAsync()).Value.Content}";
            runs.Add(new BlobRun(name, content));
            if (content == "first")
            {
                await signals.Release.Task;
            }
        }
    }

    public sealed class WaitsAndFailsAtFirst(Recorder<BlobRun> runs, Signals signals)
    {
        [Function("WaitsAndFails")]
        public async Task Run([BlobTrigger("%Container%/{name}")] BlobClient blob, string name)
        {
            var content = $"{(await blob.DownloadContentAsync()).Value.Content}";
            runs.Add(new BlobRun(name, content));
            if (content == "first")
            {
                await signals.Release.Task;
                throw new InvalidTimeZoneException("of the function");
            }
        }
    }

    public sealed class ReadsSlowly(Recorder<BlobRun> runs, Signals signals)
    {
        [Function("ReadsSlowly")]
        public async Task Run([BlobTrigger("%Container%/{name}")] Stream content, string name)
        {
            using var reader = new StreamReader(content);
            var first = reader.Read();
            signals.Started.TrySetResult();
            await signals.Release.Task;
            runs.Add(new BlobRun(name, (char)first + await reader.ReadToEndAsync()));
        }
    }
}
