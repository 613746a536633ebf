using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Tests.Worker;

public sealed class FunctionContextTests
{
    [Fact]
    public async Task InvocationId_EachExecution_IsUnique()
    {
        await using var app = await TestApp.StartAsync(typeof(Functions));

        var first = await app.GetAsync("/api/Id");

        Assert.True(Guid.TryParse(first, out _));
        Assert.NotEqual(first, await app.GetAsync("/api/Id"));
    }

    [Fact]
    public async Task ItemsAndFeatures_SetByMiddleware_ReachTheFunction()
    {
        await using var app = await TestApp.StartAsync(typeof(Functions), builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.UseMiddleware((context, next) =>
            {
                context.Items["key"] = "item";
                context.Features.Set(new Feature("feature"));
                return next();
            });
        });

        Assert.Equal("item feature 1", await app.GetAsync("/api/Carried"));
    }

    [Fact]
    public async Task Items_HttpContext_HasTheOfficialKey()
    {
        await using var app = await TestApp.StartAsync(typeof(Functions));

        Assert.Equal("True", await app.GetAsync("/api/Key"));
    }

    [Fact]
    public async Task TraceContext_RequestHasTraceParent_IsOfTheSameTrace()
    {
        await using var app = await TestApp.StartAsync(typeof(Functions));
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        app.Client.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");

        Assert.Contains(trace, await app.GetAsync("/api/Trace"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetLogger_TypeAndName_LogUnderTheirCategory()
    {
        await using var app = await TestApp.StartAsync(typeof(Functions));

        await app.GetAsync("/api/Logs");

        Assert.Equal(
            [typeof(Feature).FullName!.Replace('+', '.'), "named"],
            app.Logs.GetSnapshot().Where(record => record.Message == "logged").Select(record => record.Category));
    }

    public sealed record Feature(string Value);

    public static class Functions
    {
        [Function("Id")]
        public static IResult Id([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context) => Results.Text(context.InvocationId);

        [Function("Carried")]
        public static IResult Carried([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context) =>
            Results.Text($"{context.Items["key"]} {context.Features.Get<Feature>()!.Value} {context.Features.Count()}");

        [Function("Key")]
        public static IResult Key([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context) =>
            Results.Text($"{context.Items["HttpRequestContext"] == context.GetHttpContext()}");

        [Function("Trace")]
        public static IResult Trace([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context) =>
            Results.Text(context.TraceContext.TraceParent);

        [Function("Logs")]
        public static IResult Logs([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context)
        {
            context.GetLogger<Feature>().Log(LogLevel.Information, default, "logged", null, static (state, _) => state);
            context.GetLogger("named").Log(LogLevel.Information, default, "logged", null, static (state, _) => state);
            return Results.Ok();
        }
    }
}
