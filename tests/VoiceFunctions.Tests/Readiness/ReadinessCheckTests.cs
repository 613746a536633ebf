using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Providers;
using VoiceFunctions.Readiness;
using VoiceFunctions.Resilience;
using VoiceFunctions.Storage;
using VoiceFunctions.Tests.Storage;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Readiness;

public sealed class ReadinessCheckTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly StubTable _table = new();
    private int _probes;

    [Theory]
    [InlineData(true, true, true, 200)]
    [InlineData(true, false, true, 200)]
    [InlineData(true, false, false, 503)]
    [InlineData(false, true, true, 503)]
    public async Task RunAsync_StorageAndOneProvider_AreNeeded(bool storage, bool first, bool second, int status)
    {
        _table.Broken = !storage;

        var (answer, body) = await AskAsync(Check(Provider("a", first), Provider("b", second)));

        Assert.Equal(status, answer);
        Assert.Equal(status == 200, (bool?)body["ready"]);
        Assert.Equal([first, second], body["providers"]!.AsArray().Select(provider => (bool)provider!["ready"]!));
        Assert.Equal(storage, (bool?)body["storage"]!["ready"]);
    }

    [Fact]
    public async Task RunAsync_NobodyHasAnswered_IsNotReady()
    {
        var (status, body) = await AskAsync(Check(TestCatalog.Speaker("a"), Provider("b", ready: true) with { Unconfigured = "No key." }));

        Assert.Equal(503, status);
        Assert.False((bool)Assert.Single(body["providers"]!.AsArray())!["ready"]!);
        Assert.Equal(0, _probes);
    }

    [Fact]
    public async Task RunAsync_CallWithinTheLastMinute_NeedsNoProbe()
    {
        var catalog = TestCatalog.Of(Provider("a", ready: true));
        var pipelines = TestCatalog.Pipelines(catalog, _time);
        await pipelines.For("a", SpeechOperation.Synthesis).RunAsync("m", TimeSpan.FromSeconds(1), once: false, _ => Task.FromResult(1), TestContext.Current.CancellationToken);
        var check = new ReadinessCheck(catalog, pipelines, new StorageProbe(_table.Client), _time);

        Assert.Equal(200, (await AskAsync(check)).Status);
        Assert.Equal(0, _probes);

        _time.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(check);
        Assert.Equal(1, _probes);
    }

    [Fact]
    public async Task RunAsync_AskedAgainWithinAMinute_AsksTheProviderOnceAndStorageEachTime()
    {
        var check = Check(Provider("a", ready: true));
        await AskAsync(check);
        _time.Advance(TimeSpan.FromSeconds(59));
        var before = _table.Requests;
        await AskAsync(check);
        Assert.Equal(1, _probes);
        Assert.True(_table.Requests > before);

        _time.Advance(TimeSpan.FromSeconds(1));
        await AskAsync(check);
        Assert.Equal(2, _probes);
    }

    [Fact]
    public async Task RunAsync_ProviderHangs_IsGivenUpAfterTenSeconds()
    {
        var asking = AskAsync(Check(TestCatalog.Speaker("a") with { Probe = token => Task.Delay(Timeout.Infinite, token) }));

        _time.Advance(TimeSpan.FromSeconds(10));

        var (status, body) = await asking;
        Assert.Equal(503, status);
        Assert.Equal("No answer within 10 seconds.", (string?)body["providers"]![0]!["detail"]);
        Assert.Equal(10, (double?)body["providers"]![0]!["elapsed"]);
    }

    [Fact]
    public async Task RunAsync_CallerLeaves_LeavesNoAnswerBehind()
    {
        using var caller = new CancellationTokenSource();
        var hangs = true;
        var check = Check(TestCatalog.Speaker("a") with { Probe = token => hangs ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask });
        var asking = check.RunAsync(caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);

        hangs = false;
        Assert.Equal(200, (await AskAsync(check)).Status);
    }

    [Fact]
    public async Task RunAsync_TableIsDeletedBehindItsBack_MakesItAnew()
    {
        var check = Check(Provider("a", ready: true));
        Assert.Equal(200, (await AskAsync(check)).Status);

        _table.Delete();

        await AskAsync(check);
        Assert.Equal(200, (await AskAsync(check)).Status);
    }

    private static async Task<(int Status, JsonObject Body)> AskAsync(ReadinessCheck check)
    {
        var result = await check.RunAsync(TestContext.Current.CancellationToken);
        var context = TestRequest.Post("").HttpContext;
        context.RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider();
        await result.ExecuteAsync(context);
        return (context.Response.StatusCode, JsonNode.Parse(context.Response.ReadBody())!.AsObject());
    }

    private SpeechProvider Provider(string name, bool ready) => TestCatalog.Speaker(name) with
    {
        Probe = _ =>
        {
            _probes++;
            return ready ? Task.CompletedTask : throw new ProviderException(name, ProviderFailureKind.Unavailable, "HTTP 500.");
        },
    };

    private ReadinessCheck Check(params SpeechProvider[] providers)
    {
        var catalog = TestCatalog.Of(providers);
        return new(catalog, TestCatalog.Pipelines(catalog, _time), new StorageProbe(_table.Client), _time);
    }
}
