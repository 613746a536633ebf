using System.Diagnostics;
using Azure.Storage.Blobs;
using EmbeddedFunctions.Tests.Storage;
using EmbeddedFunctions.Tests.Triggers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Testing;

namespace EmbeddedFunctions.Tests.Blobs;

public sealed class BlobTriggerTests(StorageAccount account) : BlobAppTests(account)
{
    [Fact]
    public async Task Run_NewBlob_RunsOnceAndLeavesAReceipt()
    {
        await Container.CreateAsync(cancellationToken: Token);
        await using var app = await StartAsync(typeof(Reads));
        await UploadAsync("folder/one", "first");
        Assert.Equal(new BlobRun("folder/one", "first"), await Runs.NextAsync());

        await UploadAsync("two", "second");
        Assert.Equal(new BlobRun("two", "second"), await Runs.NextAsync());
        await CompletedAsync(2);

        Assert.Equal(
            [$"Host.Functions.Reads {Container.Name}/folder/one complete 1", $"Host.Functions.Reads {Container.Name}/two complete 1"],
            (await ReceiptsAsync()).Order());
        Assert.True(Runs.IsEmpty);
    }

    [Fact]
    public async Task Run_ContainerIsMadeLater_IsFoundThen()
    {
        await using var app = await StartAsync(typeof(Reads));
        await Eventually.TrueAsync(() => app.Logs.GetSnapshot().Any(record => record.Message.Contains("watches the container", StringComparison.Ordinal)));

        await UploadAsync("one", "first");

        Assert.Equal(new BlobRun("one", "first"), await Runs.NextAsync());
    }

    [Fact]
    public async Task Run_Restart_RunsWhatCameInMeanwhileAndNothingAgain()
    {
        await UploadAsync("before", "a");
        await UploadAsync("changed", "b");
        await using (await StartAsync(typeof(Reads)))
        {
            await Runs.NextAsync();
            await Runs.NextAsync();
            await CompletedAsync(2);
        }

        await UploadAsync("changed", "c");
        await UploadAsync("new", "d");
        await using var app = await StartAsync(typeof(Reads));

        Assert.Equal([new BlobRun("changed", "c"), new BlobRun("new", "d")], new[] { await Runs.NextAsync(), await Runs.NextAsync() }.OrderBy(run => run.Name));
        await CompletedAsync(4);
        Assert.True(Runs.IsEmpty);
    }

    [Fact]
    public async Task Run_PathWithParameters_RunsForWhatMatchesAndBindsThem()
    {
        await UploadAsync("stt/a.b.wav", "yes");
        await UploadAsync("tts/a.wav", "no");
        await UploadAsync("stt/none", "no");
        await using var app = await StartAsync(typeof(Binds));

        var run = await Runs.NextAsync();

        Assert.Equal("a.b|wav", run.Name);
        Assert.Equal($"{Container.Name}/stt/a.b.wav|{Container.GetBlobClient("stt/a.b.wav").Uri}|{{}}|stt/a.b.wav|no request|blobTrigger", run.Content);
        await CompletedAsync(1);
        Assert.Single(await ReceiptsAsync());
    }

    [Fact]
    public async Task Run_StreamParameter_IsTheContent()
    {
        await UploadAsync("one", "the content");
        await using var app = await StartAsync(typeof(Streams));

        Assert.Equal(new BlobRun("one", "the content"), await Runs.NextAsync());
        await CompletedAsync(1);
    }

    [Fact]
    public async Task Run_ManyPages_EveryBlobRunsOnce()
    {
        var names = Enumerable.Range(0, 20).Select(index => $"{index:00}").ToList();
        foreach (var name in names)
        {
            await UploadAsync(name, name);
        }

        var pages = new SmallPages();
        await using var app = await StartAsync(typeof(Reads), configureStorage: pages.AddTo);
        var runs = new List<string>();
        foreach (var _ in names)
        {
            runs.Add((await Runs.NextAsync()).Name);
        }

        Assert.Equal(names, runs.Order());
        await CompletedAsync(20);
        Assert.True(pages.Listings >= 7);
        Assert.True(Runs.IsEmpty);
    }

    [Fact]
    public async Task Run_NewBlobAfterAnIdleTime_IsSeenWithinSeconds()
    {
        await UploadAsync("first", "a");
        await using var app = await StartAsync(typeof(Reads));
        await Runs.NextAsync();
        var watch = Stopwatch.StartNew();
        await Eventually.TrueAsync(() => watch.Elapsed > TimeSpan.FromSeconds(12));

        await UploadAsync("second", "b");
        watch.Restart();
        await Runs.NextAsync();

        Measurement.Note($"A blob was seen {watch.Elapsed.TotalSeconds:0.0} s after its upload to an idle container (a scan every 5 s).");
        Assert.True(Runs.IsEmpty);
    }

    [Fact]
    public async Task Run_ConnectionOfItsOwn_IsUsedForTheBlobs()
    {
        await UploadAsync("one", "first");
        await using var app = await StartAsync(
            typeof(Elsewhere), settings: [("AzureWebJobsUploads", Account.ConnectionString), ("ConnectionName", "Uploads")]);

        Assert.Equal(new BlobRun("one", "first"), await Runs.NextAsync());
    }

    [Fact]
    public async Task Run_Disabled_DoesNotRun()
    {
        await UploadAsync("one", "first");
        await using var app = await StartAsync(typeof(Both), settings: [("AzureWebJobs_First_Disabled", "true"), ("AzureWebJobs_Event_Disabled", "true")]);

        Assert.Equal(new BlobRun("Second", "one"), await Runs.NextAsync());
        await CompletedAsync(1);
        Assert.True(Runs.IsEmpty);
    }

    [Theory]
    [InlineData("Text", "must be a BlobClient or a Stream, not System.String")]
    [InlineData("Result", "must return nothing, a Task or a ValueTask")]
    [InlineData("Event", "BlobTriggerSource.EventGrid is not supported")]
    [InlineData("Event", "AzureWebJobs_Event_Disabled")]
    [InlineData("Path", "the blob path 'uploads/{name' has a brace")]
    [InlineData("Setting", "there is no setting Missing")]
    [InlineData("Parameter", "nothing binds the parameter 'other' of type System.String: it is none of what the trigger knows (name, BlobTrigger)")]
    [InlineData("Storage", "a blob function needs the storage account of the host: there is no setting AzureWebJobsStorage")]
    [InlineData("Connection", "there is no setting AzureWebJobsElsewhere or Elsewhere for the storage account")]
    public async Task Load_WhatCannotBeServed_StartIsRefused(string function, string reason)
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(typeof(Refused)));

        Assert.Contains(
            exception.Message.Split(Environment.NewLine),
            line => line.StartsWith($"- {function} ", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_DisabledFunctionsWithoutStorage_Starts()
    {
        await using var app = await TestApp.StartAsync(typeof(Beside), args: ["--AzureWebJobs_Scan_Disabled", "true", "--AzureWebJobs_Event_Disabled", "true"]);

        Assert.Equal("served", await app.GetAsync("/api/Http"));
    }

    public sealed class Reads(Recorder<BlobRun> runs)
    {
        [Function("Reads")]
        public async Task Run([BlobTrigger("%Container%/{name}")] BlobClient blob, string name, CancellationToken cancellationToken) =>
            runs.Add(new BlobRun(name, $"{(await blob.DownloadContentAsync(cancellationToken)).Value.Content}"));
    }

    public sealed class Binds(Recorder<BlobRun> runs)
    {
        [Function("Binds")]
        public void Run([BlobTrigger("%Container%/stt/{name}.{ext}")] BlobClient blob, string name, string ext, string blobTrigger, FunctionContext context)
        {
            var data = context.BindingContext.BindingData;
            runs.Add(new BlobRun(
                $"{name}|{ext}",
                $"{blobTrigger}|{data["Uri"]}|{data["metadata"]}|{blob.Name}|{(context.GetHttpContext() is null ? "no request" : "a request")}|"
                    + context.FunctionDefinition.InputBindings["blob"].Type));
        }
    }

    public sealed class Streams(Recorder<BlobRun> runs)
    {
        [Function("Streams")]
        public async ValueTask Run([BlobTrigger("%Container%/{name}")] Stream content, string name)
        {
            using var reader = new StreamReader(content);
            runs.Add(new BlobRun(name, await reader.ReadToEndAsync()));
        }
    }

    public sealed class Elsewhere(Recorder<BlobRun> runs)
    {
        [Function("Elsewhere")]
        public async Task Run([BlobTrigger("%Container%", Connection = "%ConnectionName%")] BlobClient blob) =>
            runs.Add(new BlobRun(blob.Name, $"{(await blob.DownloadContentAsync()).Value.Content}"));
    }

    public sealed class Both(Recorder<BlobRun> runs)
    {
        [Function("First")]
        public void First([BlobTrigger("%Container%/{name}")] BlobClient blob) => runs.Add(new BlobRun("First", blob.Name));

        [Function("Second")]
        public void Second([BlobTrigger("%Container%/{name}")] BlobClient blob) => runs.Add(new BlobRun("Second", blob.Name));

        [Function("Event")]
        public void Event([BlobTrigger("%Container%/{name}", Source = BlobTriggerSource.EventGrid)] BlobClient blob) => runs.Add(new BlobRun("Event", blob.Name));
    }

    public sealed class Beside
    {
        [Function("Http")]
        public static IResult Http([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text("served");

        [Function("Scan")]
        public static void Scan([BlobTrigger("uploads/{name}", Connection = "Elsewhere")] BlobClient blob) => GC.KeepAlive(blob);

        [Function("Event")]
        public static void Event([BlobTrigger("uploads/{name}", Source = BlobTriggerSource.EventGrid)] Stream blob) => GC.KeepAlive(blob);
    }

    public sealed class Refused
    {
        [Function("Text")]
        public static void Text([BlobTrigger("uploads/{name}")] string blob) => GC.KeepAlive(blob);

        [Function("Result")]
        public static Task<string> Result([BlobTrigger("uploads/{name}")] BlobClient blob) => Task.FromResult(blob.Name);

        [Function("Event")]
        public static void Event([BlobTrigger("uploads/{name}", Source = BlobTriggerSource.EventGrid)] BlobClient blob) => GC.KeepAlive(blob);

        [Function("Path")]
        public static void Path([BlobTrigger("uploads/{name")] BlobClient blob) => GC.KeepAlive(blob);

        [Function("Setting")]
        public static void Setting([BlobTrigger("%Missing%/{name}")] BlobClient blob) => GC.KeepAlive(blob);

        [Function("Parameter")]
        public static void Parameter([BlobTrigger("uploads/{name}")] BlobClient blob, string other) => GC.KeepAlive(other);

        [Function("Storage")]
        public static void Storage([BlobTrigger("uploads/{name}")] BlobClient blob) => GC.KeepAlive(blob);

        [Function("Connection")]
        public static void Connection([BlobTrigger("uploads/{name}", Connection = "Elsewhere")] BlobClient blob) => GC.KeepAlive(blob);
    }
}
