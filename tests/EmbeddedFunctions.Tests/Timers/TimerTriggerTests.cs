using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using EmbeddedFunctions.Tests.Storage;
using EmbeddedFunctions.Tests.Triggers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedFunctions.Tests.Timers;

public sealed class TimerTriggerTests(StorageAccount account)
{
    private static readonly DateTime Start = new(2026, 3, 1, 10, 2, 30, DateTimeKind.Utc);

    private readonly StorageApp _app = new(account);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(Start));
    private readonly Recorder<TimerRun> _runs = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ScheduleComesRound_EachOccurrenceRunsOnceWithItsState()
    {
        await using var app = await StartAsync(typeof(EveryFiveMinutes));

        await DueAsync("EveryFiveMinutes", Start.AddMinutes(2.5));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(_runs.IsEmpty);
        _time.Advance(TimeSpan.FromMinutes(0.5));
        Assert.Equal(new TimerRun("EveryFiveMinutes", false, default(DateTime), Start.AddMinutes(2.5)), await _runs.NextAsync());
        await DueAsync("EveryFiveMinutes", Start.AddMinutes(7.5));
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(new TimerRun("EveryFiveMinutes", false, Start.AddMinutes(2.5), Start.AddMinutes(7.5)), await _runs.NextAsync());
        await DueAsync("EveryFiveMinutes", Start.AddMinutes(12.5));
        Assert.True(_runs.IsEmpty);
    }

    [Fact]
    public async Task Run_DowntimeOverOccurrences_RunsOnceAtTheStartAsPastDue()
    {
        await using (await StartAsync(typeof(EveryFiveMinutes)))
        {
            await DueAsync("EveryFiveMinutes", Start.AddMinutes(2.5));
        }

        _time.Advance(TimeSpan.FromMinutes(23));
        await using var app = await StartAsync(typeof(EveryFiveMinutes));

        Assert.Equal(new TimerRun("EveryFiveMinutes", true, default(DateTime), Start.AddMinutes(2.5)), await _runs.NextAsync());
        await DueAsync("EveryFiveMinutes", Start.AddMinutes(27.5));
        Assert.True(_runs.IsEmpty);
    }

    [Fact]
    public async Task Run_DowntimeBetweenOccurrences_KeepsTheState()
    {
        await using (await StartAsync(typeof(EveryFiveMinutes)))
        {
            await DueAsync("EveryFiveMinutes", Start.AddMinutes(2.5));
            _time.Advance(TimeSpan.FromMinutes(2.5));
            await _runs.NextAsync();
            await DueAsync("EveryFiveMinutes", Start.AddMinutes(7.5));
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        await using var app = await StartAsync(typeof(EveryFiveMinutes));
        await LoggedDueAsync(app);
        _time.Advance(TimeSpan.FromMinutes(4));

        Assert.Equal(new TimerRun("EveryFiveMinutes", false, Start.AddMinutes(2.5), Start.AddMinutes(7.5)), await _runs.NextAsync());
    }

    [Fact]
    public async Task Run_HostStopsInARun_RunsAgainAsPastDue()
    {
        var signals = new Signals();
        await using (await StartAsync(typeof(Waits), signals))
        {
            await DueAsync("Waits", Start.AddMinutes(2.5));
            _time.Advance(TimeSpan.FromMinutes(2.5));
            await signals.Started.Task;
        }

        Assert.Equal(default, (await StatusAsync("Waits"))!.Last);
        _time.Advance(TimeSpan.FromMinutes(1));
        signals = new Signals();
        signals.Release.SetResult();
        await using var app = await StartAsync(typeof(Waits), signals);

        Assert.Equal(new TimerRun("Waits", true, default(DateTime), Start.AddMinutes(2.5)), await _runs.NextAsync());
    }

    [Fact]
    public async Task Run_LongerThanTheInterval_DoesNotOverlapAndRunsOnceAfterwards()
    {
        var signals = new Signals();
        await using var app = await StartAsync(typeof(Waits), signals);
        await DueAsync("Waits", Start.AddMinutes(2.5));
        _time.Advance(TimeSpan.FromMinutes(2.5));
        await signals.Started.Task;

        _time.Advance(TimeSpan.FromMinutes(17));
        Assert.True(_runs.IsEmpty);
        signals.Release.SetResult();
        await _runs.NextAsync();

        Assert.Equal(new TimerRun("Waits", false, Start.AddMinutes(2.5), Start.AddMinutes(7.5)), await _runs.NextAsync());
        await DueAsync("Waits", Start.AddMinutes(22.5));
        Assert.True(_runs.IsEmpty);
    }

    [Fact]
    public async Task Run_FunctionFails_ScheduleGoesOnAndTheRunCounts()
    {
        await using var app = await StartAsync(typeof(Fails));
        await DueAsync("Fails", Start.AddMinutes(2.5));
        _time.Advance(TimeSpan.FromMinutes(2.5));
        await _runs.NextAsync();

        await DueAsync("Fails", Start.AddMinutes(7.5));
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(new TimerRun("Fails", false, Start.AddMinutes(2.5), Start.AddMinutes(7.5)), await _runs.NextAsync());
        Assert.Contains(app.Logs.GetSnapshot(), record => record.Level == LogLevel.Error && record.Exception is InvalidTimeZoneException);
    }

    [Fact]
    public async Task Run_RunOnStartup_RunsAtOnceAndNotAsPastDue()
    {
        await using var app = await StartAsync(typeof(OnStartup));

        Assert.Equal(new TimerRun("OnStartup", false, default(DateTime), Start.AddMinutes(2.5)), await _runs.NextAsync());
        await Eventually.TrueAsync(async () => (await StatusAsync("OnStartup"))?.Last == Start);
    }

    [Fact]
    public async Task Run_MoreThanOnceAMinute_HasNoState()
    {
        await using var app = await StartAsync(typeof(EveryTenSeconds));
        await LoggedDueAsync(app);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(new TimerRun("EveryTenSeconds", false, null, null), await _runs.NextAsync());
        Assert.Null(await StatusAsync("EveryTenSeconds"));
    }

    [Fact]
    public async Task Run_UseMonitorIsOff_HasNoStateAndMakesUpForNothing()
    {
        await using (var first = await StartAsync(typeof(NotMonitored)))
        {
            await LoggedDueAsync(first);
        }

        _time.Advance(TimeSpan.FromMinutes(23));
        await using var app = await StartAsync(typeof(NotMonitored));
        await LoggedDueAsync(app);
        Assert.True(_runs.IsEmpty);
        _time.Advance(TimeSpan.FromMinutes(4.5));

        Assert.Equal(new TimerRun("NotMonitored", false, null, null), await _runs.NextAsync());
        Assert.Null(await StatusAsync("NotMonitored"));
    }

    [Fact]
    public async Task Run_ScheduleInASettingChanges_IsNotPastDue()
    {
        await using (await StartAsync(typeof(InASetting), settings: ("Every:Schedule", "0 */5 * * * *")))
        {
            await DueAsync("InASetting", Start.AddMinutes(2.5));
        }

        _time.Advance(TimeSpan.FromMinutes(23));
        await using var app = await StartAsync(typeof(InASetting), settings: ("Every:Schedule", "01:00:00"));

        await DueAsync("InASetting", Start.AddMinutes(60));
        await LoggedDueAsync(app);
        Assert.True(_runs.IsEmpty);
    }

    [Fact]
    public async Task Run_TwoProcesses_OneRunsItAndTheOtherTakesOver()
    {
        var first = await StartAsync(typeof(EveryFiveMinutes));
        await LoggedDueAsync(first);
        var otherRuns = new Recorder<TimerRun>();
        await using var second = await _app.StartAsync(typeof(EveryFiveMinutes), services => Add(services, otherRuns, new Signals()));
        await Eventually.TrueAsync(() => second.Logs.GetSnapshot().Any(record => record.Message.Contains("stands by", StringComparison.Ordinal)));

        await DueAsync("EveryFiveMinutes", Start.AddMinutes(2.5));
        _time.Advance(TimeSpan.FromMinutes(2.5));
        await _runs.NextAsync();
        await DueAsync("EveryFiveMinutes", Start.AddMinutes(7.5));
        await first.DisposeAsync();
        await LoggedDueAsync(second);
        Assert.True(otherRuns.IsEmpty);
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(new TimerRun("EveryFiveMinutes", false, Start.AddMinutes(2.5), Start.AddMinutes(7.5)), await otherRuns.NextAsync());
        Assert.True(_runs.IsEmpty);
    }

    [Fact]
    public async Task Run_LeaseIsLostInARun_RunIsCancelledAndMadeUpFor()
    {
        var signals = new Signals();
        await using var app = await StartAsync(typeof(Waits), signals);
        await DueAsync("Waits", Start.AddMinutes(2.5));
        _time.Advance(TimeSpan.FromMinutes(3));
        await signals.Started.Task;

        var thief = Container.GetBlobClient($"locks/{_app.HostId}/Host.Functions.Waits.Listener").GetBlobLeaseClient();
        await thief.BreakAsync(TimeSpan.Zero, cancellationToken: Token);
        await thief.AcquireAsync(TimeSpan.FromSeconds(60), cancellationToken: Token);
        Assert.True(await signals.Ended.Task.WaitAsync(TimeSpan.FromSeconds(30), Token));

        await thief.ReleaseAsync(cancellationToken: Token);
        signals.Release.SetResult();
        Assert.Equal(new TimerRun("Waits", true, default(DateTime), Start.AddMinutes(2.5)), await _runs.NextAsync());
    }

    [Fact]
    public async Task Run_StorageIsDownAtTheStart_RunsWhenItIsBack()
    {
        var outage = new Outage { IsOn = true };
        await using var app = await StartAsync(typeof(OnStartup), configureStorage: outage.AddTo);
        await Eventually.TrueAsync(() => outage.Refused > 1);
        Assert.True(_runs.IsEmpty);

        outage.IsOn = false;

        await _runs.NextAsync();
    }

    [Fact]
    public async Task Run_StateCannotBeWritten_ScheduleGoesOn()
    {
        var outage = new Outage();
        await using var app = await StartAsync(typeof(EveryFiveMinutes), configureStorage: outage.AddTo);

        await DueAsync("EveryFiveMinutes", Start.AddMinutes(2.5));
        await LoggedDueAsync(app);
        outage.IsOn = true;
        _time.Advance(TimeSpan.FromMinutes(2.5));
        await _runs.NextAsync();
        await Eventually.TrueAsync(() => app.Logs.GetSnapshot().Any(record => record.Message.Contains("was not written", StringComparison.Ordinal)));
        outage.IsOn = false;
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(Start.AddMinutes(2.5), (await _runs.NextAsync()).Last);
    }

    [Fact]
    public async Task Run_AnswerToAWriteOfTheStateIsLost_LaterOnesAreWritten()
    {
        var lost = new LostAnswers("/timers/") { Remaining = 1 };
        await using var app = await StartAsync(typeof(EveryFiveMinutes), configureStorage: lost.AddTo);

        await DueAsync("EveryFiveMinutes", Start.AddMinutes(2.5));
        await LoggedDueAsync(app);
        lost.Remaining = 1;
        _time.Advance(TimeSpan.FromMinutes(2.5));
        await _runs.NextAsync();
        await DueAsync("EveryFiveMinutes", Start.AddMinutes(7.5));
        await Eventually.TrueAsync(() => lost.Remaining <= 0);
        _time.Advance(TimeSpan.FromMinutes(5));

        await _runs.NextAsync();
        await DueAsync("EveryFiveMinutes", Start.AddMinutes(12.5));
        Assert.True(_runs.IsEmpty);
    }

    /// <summary>As a process does that was out for longer than its lease, and ends its run then.</summary>
    [Fact]
    public async Task Run_StaleOwnerHasWrittenTheState_IsReadAgain()
    {
        await using var app = await StartAsync(typeof(EveryFiveMinutes));
        await DueAsync("EveryFiveMinutes", Start.AddMinutes(2.5));
        await LoggedDueAsync(app);

        await StatusBlob("EveryFiveMinutes").UploadAsync(
            new BinaryData("""{"Last":"2026-03-01T10:05:00Z","Next":"2026-03-01T10:10:00Z","LastUpdated":"2026-03-01T10:05:00Z"}"""), overwrite: true, Token);
        _time.Advance(TimeSpan.FromMinutes(2.5));
        await _runs.NextAsync();
        await Eventually.TrueAsync(() => app.Logs.GetSnapshot().Count(record => record.Message.Contains("is due next", StringComparison.Ordinal)) == 2);
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(Start.AddMinutes(2.5), (await _runs.NextAsync()).Last);
        await DueAsync("EveryFiveMinutes", Start.AddMinutes(12.5));
        Assert.True(_runs.IsEmpty);
    }

    [Fact]
    public async Task Run_StateIsUnreadable_IsBegunAnew()
    {
        await Container.CreateIfNotExistsAsync(cancellationToken: Token);
        await StatusBlob("EveryFiveMinutes").UploadAsync(new BinaryData("{ not JSON"), Token);

        await using var app = await StartAsync(typeof(EveryFiveMinutes));

        await LoggedDueAsync(app);
        Assert.Contains(app.Logs.GetSnapshot(), record => record.Message.Contains("cannot be read", StringComparison.Ordinal));
        _time.Advance(TimeSpan.FromMinutes(2.5));
        await _runs.NextAsync();
    }

    [Fact]
    public async Task Run_StateOfTheOfficialHost_IsUnderstood()
    {
        await Container.CreateIfNotExistsAsync(cancellationToken: Token);
        await StatusBlob("EveryFiveMinutes").UploadAsync(
            new BinaryData("""{"Last":"2026-03-01T12:55:00.0061234+03:00","Next":"2026-03-01T13:00:00+03:00","LastUpdated":"2026-03-01T12:55:00.0061234+03:00"}"""), Token);

        await using var app = await StartAsync(typeof(EveryFiveMinutes));

        var last = new DateTime(2026, 3, 1, 9, 55, 0, DateTimeKind.Utc).AddTicks(61234);
        Assert.Equal(new TimerRun("EveryFiveMinutes", true, last, Start.AddMinutes(-2.5)), await _runs.NextAsync());
    }

    [Fact]
    public async Task Run_Disabled_DoesNotRun()
    {
        await using var app = await StartAsync(typeof(Both), settings: ("AzureWebJobs_First_Disabled", "true"));

        Assert.Equal("Second", (await _runs.NextAsync()).Function);
        await DueAsync("Second", Start.AddMinutes(2.5));
        Assert.Null(await StatusAsync("First"));
        Assert.True(_runs.IsEmpty);
    }

    [Theory]
    [InlineData("Nonsense", "'now and then' is neither an NCRONTAB expression")]
    [InlineData("Never", "'0 0 0 30 2 *' never comes")]
    [InlineData("Setting", "there is no setting Missing for '%Missing%'")]
    [InlineData("Percent", "has a '%' without a second one")]
    [InlineData("Parameter", "must be a TimerInfo, not System.String")]
    [InlineData("Result", "must return nothing, a Task or a ValueTask, not System.Threading.Tasks.Task")]
    [InlineData("Zone", "schedules are in UTC, and WEBSITE_TIME_ZONE is Eastern Standard Time")]
    [InlineData("Storage", "a timer needs the storage account of the host: there is no setting AzureWebJobsStorage")]
    public async Task Load_WhatCannotBeServed_StartIsRefused(string function, string reason)
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(
            typeof(Refused), args: ["--WEBSITE_TIME_ZONE", "Eastern Standard Time"]));

        Assert.Contains(
            exception.Message.Split(Environment.NewLine),
            line => line.StartsWith($"- {function} ", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_DisabledTimerWithoutStorage_Starts()
    {
        await using var app = await TestApp.StartAsync(typeof(Beside), args: ["--AzureWebJobs_Timer_Disabled", "true"]);

        Assert.Equal("served", await app.GetAsync("/api/Http"));
    }

    private BlobContainerClient Container => account.Blobs.GetBlobContainerClient("azure-webjobs-hosts");

    private BlobClient StatusBlob(string function) => Container.GetBlobClient($"timers/{_app.HostId}/Host.Functions.{function}/status");

    private Task<TestApp> StartAsync(Type functions, Signals? signals = null, Action<ClientOptions>? configureStorage = null, params (string, string)[] settings) =>
        _app.StartAsync(functions, services => Add(services, _runs, signals ?? new Signals()), configureStorage, settings);

    private void Add(IServiceCollection services, Recorder<TimerRun> runs, Signals signals) =>
        services.AddSingleton(runs).AddSingleton(signals).AddSingleton<TimeProvider>(_time);

    private static Task LoggedDueAsync(TestApp app) =>
        Eventually.TrueAsync(() => app.Logs.GetSnapshot().Any(record => record.Message.Contains("is due next", StringComparison.Ordinal)));

    private Task DueAsync(string function, DateTime next) => Eventually.TrueAsync(async () => (await StatusAsync(function))?.Next == next, $"{function} is due at {next:u}");

    private async Task<ScheduleStatus?> StatusAsync(string function)
    {
        var blob = StatusBlob(function);
        return await blob.ExistsAsync(Token) ? (await blob.DownloadContentAsync(Token)).Value.Content.ToObjectFromJson<ScheduleStatus>() : null;
    }

    public sealed class EveryFiveMinutes(Recorder<TimerRun> runs)
    {
        [Function("EveryFiveMinutes")]
        public void Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer) => runs.Add(TimerRun.Of("EveryFiveMinutes", timer));
    }

    public sealed class EveryTenSeconds(Recorder<TimerRun> runs)
    {
        [Function("EveryTenSeconds")]
        public Task Run([TimerTrigger("*/10 * * * * *")] TimerInfo timer)
        {
            runs.Add(TimerRun.Of("EveryTenSeconds", timer));
            return Task.CompletedTask;
        }
    }

    public sealed class NotMonitored(Recorder<TimerRun> runs)
    {
        [Function("NotMonitored")]
        public void Run([TimerTrigger("0 */5 * * * *", UseMonitor = false)] TimerInfo timer) => runs.Add(TimerRun.Of("NotMonitored", timer));
    }

    public sealed class OnStartup(Recorder<TimerRun> runs)
    {
        [Function("OnStartup")]
        public void Run([TimerTrigger("0 */5 * * * *", RunOnStartup = true)] TimerInfo timer) => runs.Add(TimerRun.Of("OnStartup", timer));
    }

    public sealed class InASetting(Recorder<TimerRun> runs)
    {
        [Function("InASetting")]
        public void Run([TimerTrigger("%Every__Schedule%")] TimerInfo timer) => runs.Add(TimerRun.Of("InASetting", timer));
    }

    public sealed class Fails(Recorder<TimerRun> runs)
    {
        [Function("Fails")]
        public void Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer)
        {
            runs.Add(TimerRun.Of("Fails", timer));
            throw new InvalidTimeZoneException("of the function");
        }
    }

    public sealed class Waits(Recorder<TimerRun> runs, Signals signals)
    {
        [Function("Waits")]
        public async Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, FunctionContext context, CancellationToken cancellationToken)
        {
            signals.Started.TrySetResult();
            try
            {
                await signals.Release.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                signals.Ended.TrySetResult(context.GetHttpContext() is null);
                throw;
            }

            runs.Add(TimerRun.Of("Waits", timer));
        }
    }

    public sealed class Both(Recorder<TimerRun> runs)
    {
        [Function("First")]
        public void First([TimerTrigger("0 */5 * * * *", RunOnStartup = true)] TimerInfo timer) => runs.Add(TimerRun.Of("First", timer));

        [Function("Second")]
        public void Second([TimerTrigger("0 */5 * * * *", RunOnStartup = true)] TimerInfo timer) => runs.Add(TimerRun.Of("Second", timer));
    }

    public sealed class Beside
    {
        [Function("Http")]
        public static IResult Http([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text("served");

        [Function("Timer")]
        public static void Timer([TimerTrigger("0 */5 * * * *")] TimerInfo timer) => throw new InvalidTimeZoneException("of the function");
    }

    public sealed class Refused
    {
        [Function("Nonsense")]
        public static void Nonsense([TimerTrigger("now and then")] TimerInfo timer) => GC.KeepAlive(timer);

        [Function("Never")]
        public static void Never([TimerTrigger("0 0 0 30 2 *")] TimerInfo timer) => GC.KeepAlive(timer);

        [Function("Setting")]
        public static void Setting([TimerTrigger("%Missing%")] TimerInfo timer) => GC.KeepAlive(timer);

        [Function("Percent")]
        public static void Percent([TimerTrigger("0 0 * * * *%")] TimerInfo timer) => GC.KeepAlive(timer);

        [Function("Parameter")]
        public static void Parameter([TimerTrigger("0 0 * * * *")] string timer) => GC.KeepAlive(timer);

        [Function("Result")]
        public static Task<string> Result([TimerTrigger("0 0 * * * *")] TimerInfo timer) => Task.FromResult($"{timer}");

        [Function("Zone")]
        public static void Zone([TimerTrigger("0 0 * * * *")] TimerInfo timer) => GC.KeepAlive(timer);

        [Function("Storage")]
        public static void Storage([TimerTrigger("0 0 * * * *")] TimerInfo timer) => GC.KeepAlive(timer);
    }
}
