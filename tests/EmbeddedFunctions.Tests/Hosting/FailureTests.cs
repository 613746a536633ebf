using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Tests.Hosting;

public sealed class FailureTests
{
    [Fact]
    public async Task Invoke_FunctionThrows_BareServerErrorLoggedOnceAndAppLivesOn()
    {
        await using var app = await TestApp.StartAsync(typeof(Failing));

        using var response = await app.SendAsync(HttpMethod.Get, "/api/Throws");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(0, response.Content.Headers.ContentLength);
        Assert.False(response.Headers.Contains("X-Before"));
        var error = Assert.Single(app.Logs.GetSnapshot(), record => record.Level >= LogLevel.Error);
        Assert.Equal("Function.Throws", error.Category);
        Assert.IsType<InvalidTimeZoneException>(error.Exception);
        Assert.Equal("alive", await app.GetAsync("/api/Alive"));
    }

    [Theory]
    [InlineData("ThrowsAfterStart")]
    [InlineData("ThrowsWithUnflushedBytes")]
    public async Task Invoke_FunctionThrowsWithPartOfTheBodyWritten_ConnectionBreaksOff(string function)
    {
        await using var app = await TestApp.StartAsync(typeof(Failing));

        await Assert.ThrowsAsync<HttpRequestException>(() => app.GetAsync($"/api/{function}"));

        Assert.Single(app.Logs.GetSnapshot(), record => record.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task Invoke_ResultThrowsWhenExecuted_BareServerError()
    {
        await using var app = await TestApp.StartAsync(typeof(Failing));

        using var response = await app.SendAsync(HttpMethod.Get, "/api/BadResult");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await TestApp.BodyAsync(response));
    }

    [Fact]
    public async Task Invoke_ClientDisconnects_EveryTokenIsCancelledAndNothingIsAnError()
    {
        var signals = new Signals();
        await using var app = await WaitingFunctions.StartAsync(signals);
        using var gone = new CancellationTokenSource();
        var call = app.Client.GetAsync("/api/Waits", gone.Token);
        await signals.Started.Task;

        await gone.CancelAsync();

        Assert.True(await signals.Ended.Task.WaitAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await app.StopAsync();
        Assert.DoesNotContain(app.Logs.GetSnapshot(), record => record.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Stop_RequestInFlight_FinishesItAndRefusesNewOnes()
    {
        var signals = new Signals();
        await using var app = await WaitingFunctions.StartAsync(signals);
        var call = app.GetAsync("/api/Ignores");
        await signals.Started.Task;

        var stop = app.StopAsync();
        await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            // A listener closes a moment after the stop began, so the first refused connection is waited for.
            while (true)
            {
                using var client = new HttpClient { BaseAddress = app.Client.BaseAddress };
                using var _ = await client.GetAsync("/api/Unknown", TestContext.Current.CancellationToken);
            }
        });
        Assert.False(stop.IsCompleted);
        signals.Release.SetResult();

        Assert.Equal("False", await call);
        await stop;
    }

    public static class Failing
    {
        [Function("Throws")]
        public static IResult Throws([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            request.HttpContext.Response.Headers["X-Before"] = "1";
            throw new InvalidTimeZoneException("thrown");
        }

        [Function("ThrowsAfterStart")]
        public static async Task ThrowsAfterStart([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            await request.HttpContext.Response.WriteAsync("part", request.HttpContext.RequestAborted);
            throw new InvalidTimeZoneException("thrown");
        }

        [Function("ThrowsWithUnflushedBytes")]
        public static IResult ThrowsWithUnflushedBytes([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            var writer = request.HttpContext.Response.BodyWriter;
            "part"u8.CopyTo(writer.GetSpan(4));
            writer.Advance(4);
            throw new InvalidTimeZoneException("thrown");
        }

        [Function("BadResult")]
        public static IResult BadResult([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new ThrowingResult();

        [Function("Alive")]
        public static IResult Alive([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text("alive");
    }

    public sealed class ThrowingResult : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => throw new InvalidTimeZoneException("thrown");
    }
}
