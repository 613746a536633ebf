using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbeddedFunctions.Tests.Hosting;

public sealed class MiddlewareTests
{
    [Fact]
    public async Task UseMiddleware_BeforeAndAfterIntegration_RunInOrderAndSeeWhatTheirPlaceGives()
    {
        var seen = new List<string>();
        await using var app = await TestApp.StartAsync(typeof(Functions), builder =>
        {
            builder.UseMiddleware(async (context, next) =>
            {
                seen.Add($"outer {context.GetHttpContext() is not null}");
                await next();
                seen.Add($"outer done {context.GetHttpContext()!.Response.HasStarted}");
            });
            builder.ConfigureFunctionsWebApplication();
            builder.UseMiddleware(async (context, next) =>
            {
                seen.Add($"inner {context.GetHttpContext() is not null}");
                await next();
                seen.Add($"inner done {context.GetHttpContext()!.Response.HasStarted}");
            });
        });

        await app.GetAsync("/api/Text");

        Assert.Equal(["outer False", "inner True", "inner done False", "outer done True"], seen);
    }

    [Fact]
    public async Task UseMiddleware_FunctionWroteItself_ResponseHasStartedWhenItReturns()
    {
        var started = false;
        await using var app = await TestApp.StartAsync(typeof(Functions), builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.UseMiddleware(async (context, next) =>
            {
                await next();
                started = context.GetHttpContext()!.Response.HasStarted;
            });
        });

        await app.GetAsync("/api/Self");

        Assert.True(started);
    }

    [Fact]
    public async Task UseMiddleware_Type_IsOneInstanceForAllExecutions()
    {
        await using var app = await TestApp.StartAsync(typeof(Functions), builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.UseMiddleware<Counting>();
        });

        await app.GetAsync("/api/Text");
        using var response = await app.SendAsync(HttpMethod.Get, "/api/Text");

        Assert.Equal("2", response.Headers.GetValues("X-Count").Single());
    }

    [Fact]
    public async Task UseWhen_Predicate_DecidesAtEachExecution()
    {
        await using var app = await TestApp.StartAsync(typeof(Functions), builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.UseWhen<Counting>(context => context.FunctionDefinition.Name == "Text" && context.GetHttpContext() is not null);
        });

        using var counted = await app.SendAsync(HttpMethod.Get, "/api/Text");
        using var other = await app.SendAsync(HttpMethod.Get, "/api/Self");

        Assert.True(counted.Headers.Contains("X-Count"));
        Assert.False(other.Headers.Contains("X-Count"));
    }

    [Fact]
    public async Task GetInvocationResult_ReplacedByMiddleware_IsWhatTheClientGets()
    {
        object? original = null;
        await using var app = await TestApp.StartAsync(typeof(Functions), builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.UseMiddleware(async (context, next) =>
            {
                await next();
                original = context.GetInvocationResult().Value;
                context.GetInvocationResult().Value = Results.Text("replaced");
            });
        });

        Assert.Equal("replaced", await app.GetAsync("/api/Text"));
        Assert.IsAssignableFrom<IResult>(original);
    }

    [Fact]
    public async Task UseMiddleware_WithoutCallingNext_FunctionDoesNotRun()
    {
        await using var app = await TestApp.StartAsync(typeof(Functions), builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.UseMiddleware((context, _) =>
            {
                context.GetInvocationResult().Value = Results.Text("refused");
                return Task.CompletedTask;
            });
        });

        Assert.Equal("refused", await app.GetAsync("/api/Throws"));
    }

    [Fact]
    public async Task UseMiddleware_FunctionThrows_SeesTheExceptionItselfAndCanAnswer()
    {
        await using var app = await TestApp.StartAsync(typeof(Functions), builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.UseMiddleware(async (context, next) =>
            {
                try
                {
                    await next();
                }
                catch (InvalidTimeZoneException exception)
                {
                    context.GetInvocationResult().Value = Results.Text(exception.Message);
                }
            });
        });

        Assert.Equal("thrown", await app.GetAsync("/api/Throws"));
        Assert.Equal("thrown later", await app.GetAsync("/api/ThrowsLater"));
    }

    [Fact]
    public void Use_AfterBuild_IsRefused()
    {
        var directory = Directory.CreateTempSubdirectory("embedded-functions-");
        File.WriteAllText(Path.Combine(directory.FullName, "host.json"), TestApp.HostJson);
        var builder = new FunctionsApplicationBuilder([], new() { BaseDirectory = directory.FullName, Types = () => [] });
        using var host = builder.Build();

        Assert.Throws<InvalidOperationException>(() => builder.UseMiddleware((_, next) => next()));
        Assert.Throws<InvalidOperationException>(builder.Build);
        directory.Delete(recursive: true);
    }

    public static class Functions
    {
        [Function("Text")]
        public static IResult Text([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text("text");

        [Function("Self")]
        public static Task Self([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            request.HttpContext.Response.WriteAsync("self", request.HttpContext.RequestAborted);

        [Function("Throws")]
        public static IResult Throws([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => throw new InvalidTimeZoneException("thrown");

        [Function("ThrowsLater")]
        public static async Task<IResult> ThrowsLater([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            await Task.Yield();
            throw new InvalidTimeZoneException("thrown later");
        }
    }

    public sealed class Counting : IFunctionsWorkerMiddleware
    {
        private int _count;

        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            context.GetHttpContext()!.Response.Headers["X-Count"] = Interlocked.Increment(ref _count).ToString();
            return next(context);
        }
    }
}
