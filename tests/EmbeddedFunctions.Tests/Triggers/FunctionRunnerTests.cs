using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Tests.Triggers;

public sealed class FunctionRunnerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_EveryKindOfParameter_IsBound()
    {
        await using var app = new ManualApp(typeof(Functions), Services);

        var result = await app.RunAsync("Binds", value: new Uri("http://trigger"), cancellationToken: Token, data: [("NAME", "x"), ("count", "7")]);

        Assert.Equal("http://trigger/|x|7|input of Binds|True|Binds", result);
    }

    [Fact]
    public async Task RunAsync_DataThatIsMissing_FailsBeforeTheFunctionRuns()
    {
        await using var app = new ManualApp(typeof(Functions), Services);

        var exception = await Assert.ThrowsAsync<FunctionInputConverterException>(() => app.RunAsync("Binds", value: new Uri("http://trigger"), cancellationToken: Token));

        Assert.Contains("'count'", exception.Message, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Error, app.Logs.LatestRecord.Level);
    }

    [Fact]
    public async Task RunAsync_NoRequest_HasNoHttpContextAndTheTriggersData()
    {
        await using var app = new ManualApp(typeof(Functions), Services);

        Assert.Equal("no request, name=x, manualTrigger", await app.RunAsync("Looks", cancellationToken: Token, data: [("name", "x")]));
    }

    [Fact]
    public async Task RunAsync_EachExecution_HasAScopeOfItsOwnThatEndsWithIt()
    {
        await using var app = new ManualApp(typeof(Scoped), Services);

        var first = (Disposal)(await app.RunAsync("Scope", cancellationToken: Token))!;
        var second = (Disposal)(await app.RunAsync("Scope", cancellationToken: Token))!;

        Assert.NotSame(first, second);
        Assert.True(first.IsDisposed && second.IsDisposed);
    }

    [Fact]
    public async Task RunAsync_Middleware_RunsAroundItAndMayChangeTheResult()
    {
        await using var app = new ManualApp(typeof(Functions), Services, next => async context =>
        {
            await next(context);
            var result = context.GetInvocationResult();
            result.Value = $"[{result.Value}]";
        });

        Assert.Equal("[no request, name=x, manualTrigger]", await app.RunAsync("Looks", cancellationToken: Token, data: [("name", "x")]));
    }

    [Fact]
    public async Task RunAsync_FunctionThrows_IsLoggedAndThrown()
    {
        await using var app = new ManualApp(typeof(Functions), Services);

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => app.RunAsync("Throws", cancellationToken: Token));

        var record = app.Logs.LatestRecord;
        Assert.Equal((LogLevel.Error, "Function.Throws"), (record.Level, record.Category));
        Assert.IsType<InvalidTimeZoneException>(record.Exception);
    }

    [Fact]
    public async Task RunAsync_FunctionTimeoutPasses_IsCancelledAndThrowsTimeout()
    {
        var signals = new Signals();
        await using var app = new ManualApp(typeof(Functions), services => services.AddSingleton(signals));
        var run = app.RunAsync("Waits", cancellationToken: Token);
        await signals.Started.Task;

        app.Time.Advance(TimeSpan.FromSeconds(10));

        await Assert.ThrowsAsync<TimeoutException>(() => run);
        Assert.Contains("functionTimeout", Assert.Single(app.Logs.GetSnapshot(), record => record.Level == LogLevel.Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_TimedOutExecutionDoesNotNotice_IsWaitedForAndReported()
    {
        var signals = new Signals();
        await using var app = new ManualApp(typeof(Functions), services => services.AddSingleton(signals));
        var run = app.RunAsync("Ignores", cancellationToken: Token);
        await signals.Started.Task;

        app.Time.Advance(TimeSpan.FromSeconds(10));
        app.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.False(run.IsCompleted);
        Assert.Contains(app.Logs.GetSnapshot(), record => record.Message.Contains("keeps its place", StringComparison.Ordinal));
        signals.Release.SetResult();
        Assert.Equal("ended", await run);
    }

    [Fact]
    public async Task RunAsync_HostStops_IsCancelledAndNoError()
    {
        var signals = new Signals();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var app = new ManualApp(typeof(Functions), services => services.AddSingleton(signals));
        var run = app.RunAsync("Waits", cancellationToken: stop.Token);
        await signals.Started.Task;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.DoesNotContain(app.Logs.GetSnapshot(), record => record.Level > LogLevel.Debug);
    }

    [Fact]
    public async Task Load_InputBinding_IsPartOfTheDefinition()
    {
        await using var app = new ManualApp(typeof(Functions), Services);

        Assert.Equal(
            ["input:manualInput:In", "trigger:manualTrigger:In"],
            app.Function("Binds").InputBindings.Values.Select(binding => $"{binding.Name}:{binding.Type}:{binding.Direction}").Order());
        Assert.Empty(app.Function("Binds").OutputBindings);
    }

    [Theory]
    [InlineData(typeof(WrongInput), "- Input", "'input' must be a string")]
    [InlineData(typeof(WrongResult), "- Result", "must not return a time")]
    [InlineData(typeof(Unknown), "- Unknown", "nothing binds the parameter 'other'")]
    [InlineData(typeof(Conflicting), "- Second", "First is there already")]
    public void Load_WhatASourceOrBindingRefuses_StartIsRefused(Type functions, string start, string reason)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => new ManualApp(functions));

        var line = Assert.Single(exception.Message.Split(Environment.NewLine)[1..]);
        Assert.StartsWith(start, line, StringComparison.Ordinal);
        Assert.Contains(reason, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AzureWebJobs_Result_Disabled", "true", true)]
    [InlineData("AzureWebJobs.Result.Disabled", "1", true)]
    [InlineData("AzureWebJobs_Unrelated_Disabled", "true", false)]
    public async Task Load_Disabled_SourceKnowsIt(string setting, string value, bool disabled)
    {
        if (!disabled)
        {
            Assert.Throws<InvalidOperationException>(() => new ManualApp(typeof(WrongResult), settings: [(setting, value)]));
            return;
        }

        await using var app = new ManualApp(typeof(WrongResult), settings: [(setting, value)]);
        Assert.True(app.Function("Result").IsDisabled);
    }

    private static void Services(IServiceCollection services) => services.AddSingleton<Signals>().AddScoped<Disposal>();

    public sealed class Functions(Signals signals)
    {
        [Function("Binds")]
        public static string Binds(
            [ManualTrigger] Uri trigger, string name, int count, [ManualInput] string input, FunctionContext context, CancellationToken cancellationToken) =>
            $"{trigger}|{name}|{count}|{input}|{cancellationToken == context.CancellationToken}|{context.FunctionDefinition.Name}";

        [Function("Looks")]
        public static async Task<string> Looks([ManualTrigger] object? trigger, FunctionContext context)
        {
            await Task.Yield();
            return $"{(context.GetHttpContext() is null ? "no request" : "a request")}, name={context.BindingContext.BindingData["Name"]}, "
                + context.FunctionDefinition.InputBindings["trigger"].Type;
        }

        [Function("Throws")]
        public static Task Throws([ManualTrigger] object? trigger) => throw new InvalidTimeZoneException("of the function");

        [Function("Waits")]
        public async Task Waits([ManualTrigger] object? trigger, CancellationToken cancellationToken)
        {
            signals.Started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        [Function("Ignores")]
        public async ValueTask<string> Ignores([ManualTrigger] object? trigger)
        {
            signals.Started.SetResult();
            await signals.Release.Task;
            return "ended";
        }
    }

    public sealed class Scoped(Disposal disposal)
    {
        [Function("Scope")]
        public Disposal Scope([ManualTrigger] object? trigger) => disposal;
    }

    public sealed class WrongInput
    {
        [Function("Input")]
        public static void Input([ManualTrigger] object? trigger, [ManualInput] int input)
        {
        }
    }

    public sealed class WrongResult
    {
        [Function("Result")]
        public static DateTime Result([ManualTrigger] object? trigger) => default;
    }

    public sealed class Unknown
    {
        [Function("Unknown")]
        public static void Run([ManualTrigger] object? trigger, string other)
        {
        }
    }

    public sealed class Conflicting
    {
        [Function("First")]
        public static void First([ManualTrigger] object? trigger)
        {
        }

        [Function("Second")]
        public static void Second([ManualTrigger] object? trigger)
        {
        }
    }
}
