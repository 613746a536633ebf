using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedFunctions.Tests.Hosting;

public sealed class InvocationDeadlineTests
{
    private const string TenSeconds = """{ "version": "2.0", "functionTimeout": "00:00:10" }""";

    [Theory]
    [InlineData("Waits")]
    [InlineData("EndsInsideCancellation")]
    public async Task Invoke_FunctionTimeoutPasses_ExecutionIsCancelledAndAnswersServerError(string function)
    {
        var signals = new Signals();
        var time = new FakeTimeProvider();
        await using var app = await WaitingFunctions.StartAsync(signals, time, TenSeconds);
        var call = app.SendAsync(HttpMethod.Get, $"/api/{function}");
        await signals.Started.Task;

        time.Advance(TimeSpan.FromSeconds(10));
        using var response = await call;

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await TestApp.BodyAsync(response));
        var error = Assert.Single(app.Logs.GetSnapshot(), record => record.Level >= LogLevel.Warning);
        Assert.Contains("functionTimeout", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_TimedOutExecutionDoesNotNotice_LosesItsConnection()
    {
        var signals = new Signals();
        var time = new FakeTimeProvider();
        await using var app = await WaitingFunctions.StartAsync(signals, time, TenSeconds);
        var call = app.SendAsync(HttpMethod.Get, "/api/Ignores");
        await signals.Started.Task;

        time.Advance(TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(10));

        await Assert.ThrowsAsync<HttpRequestException>(() => call);
        signals.Release.SetResult();
    }

    [Fact]
    public async Task Invoke_WithinFunctionTimeout_IsNotCancelled()
    {
        var signals = new Signals();
        var time = new FakeTimeProvider();
        await using var app = await WaitingFunctions.StartAsync(signals, time, TenSeconds);
        var call = app.GetAsync("/api/Ignores");
        await signals.Started.Task;

        time.Advance(TimeSpan.FromSeconds(9));
        signals.Release.SetResult();

        Assert.Equal("False", await call);
    }

    [Fact]
    public async Task Invoke_NoFunctionTimeout_RunsForAsLongAsItTakes()
    {
        var signals = new Signals();
        var time = new FakeTimeProvider();
        await using var app = await WaitingFunctions.StartAsync(signals, time, """{ "version": "2.0", "functionTimeout": "-1" }""");
        var call = app.GetAsync("/api/Ignores");
        await signals.Started.Task;

        time.Advance(TimeSpan.FromDays(30));
        signals.Release.SetResult();

        Assert.Equal("False", await call);
    }
}
