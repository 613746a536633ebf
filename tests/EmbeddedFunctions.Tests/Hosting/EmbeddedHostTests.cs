using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EmbeddedFunctions.Tests.Hosting;

public sealed class EmbeddedHostTests
{
    [Fact]
    public async Task Start_PortZero_LogsTheChosenAddressEvenWhenTheRestIsQuiet()
    {
        await using var app = await TestApp.StartAsync(
            typeof(Functions), hostJson: """{ "version": "2.0", "logging": { "logLevel": { "default": "Error" } } }""");

        Assert.Contains(app.Logs.GetSnapshot(), record => record.Message == $"Now listening on: {app.Address}");
    }

    [Fact]
    public async Task Start_AddressInUse_OneClearLine()
    {
        await using var first = await TestApp.StartAsync(typeof(Functions));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(typeof(Functions), args: ["--urls", first.Address]));

        Assert.Contains($"{first.Address}: address already in use", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--urls", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Respond_Always_WithoutServerHeader()
    {
        await using var app = await TestApp.StartAsync(typeof(Functions));

        using var response = await app.SendAsync(HttpMethod.Get, "/api/Length");

        Assert.Empty(response.Headers.Server);
    }

    [Theory]
    [InlineData(null, 30_000_000)]
    [InlineData(50_000_000L, 50_000_000)]
    [InlineData(200_000_000L, 104_857_600)]
    [InlineData(-1L, 104_857_600)]
    public async Task Limits_AppConfiguresBody_UpToWhatTheOfficialHostPasses(long? configured, long expected)
    {
        await using var app = await TestApp.StartAsync(typeof(Functions), builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            if (configured is { } size)
            {
                builder.Services.Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = size < 0 ? null : size);
            }
        });

        Assert.Equal(expected, app.Service<IOptions<KestrelServerOptions>>().Value.Limits.MaxRequestBodySize);
    }

    [Fact]
    public async Task Limits_BodyTooLarge_ServerErrorAsOnTheOfficialHost()
    {
        await using var app = await TestApp.StartAsync(typeof(Functions), builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.Services.Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = 10);
        });
        using var content = new ByteArrayContent(new byte[11]);

        using var response = await app.SendAsync(HttpMethod.Post, "/api/Length", content);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task Logging_HostJsonLevels_FilterWhatFunctionsLog()
    {
        await using var app = await TestApp.StartAsync(
            typeof(Functions), hostJson: """{ "version": "2.0", "logging": { "logLevel": { "default": "Warning", "Loud": "Debug" } } }""");

        await app.GetAsync("/api/Logs");

        var messages = app.Logs.GetSnapshot().Select(record => $"{record.Category} {record.Message}").ToList();
        Assert.Contains("Loud debug", messages);
        Assert.DoesNotContain($"{typeof(Functions).FullName} information", messages);
    }

    [Fact]
    public async Task Logging_InExecution_HasTheOfficialScope()
    {
        await using var app = await TestApp.StartAsync(typeof(Functions));

        var invocation = await app.GetAsync("/api/Logs");

        var record = app.Logs.GetSnapshot().Single(record => record.Message == "information");
        var scopes = record.Scopes.OfType<IEnumerable<KeyValuePair<string, object?>>>().SelectMany(scope => scope).ToList();
        Assert.Contains(KeyValuePair.Create("AzureFunctions_InvocationId", (object?)invocation), scopes);
        Assert.Contains(KeyValuePair.Create("AzureFunctions_FunctionName", (object?)"Logs"), scopes);
    }

    [Fact]
    public async Task Configuration_CommandLine_WinsOverEnvironment()
    {
        Environment.SetEnvironmentVariable("EmbeddedHostTests__Key", "environment");
        await using var one = await TestApp.StartAsync(typeof(Functions));
        await using var two = await TestApp.StartAsync(typeof(Functions), args: ["--EmbeddedHostTests:Key", "argument"]);

        Assert.Equal("environment", one.Service<IConfiguration>()["EmbeddedHostTests:Key"]);
        Assert.Equal("argument", two.Service<IConfiguration>()["EmbeddedHostTests:Key"]);
    }

    [Fact]
    public async Task Stop_Default_WaitsThirtySeconds()
    {
        await using var app = await TestApp.StartAsync(typeof(Functions));

        Assert.Equal(TimeSpan.FromSeconds(30), app.Service<IOptions<HostOptions>>().Value.ShutdownTimeout);
    }

    public sealed class Functions(ILogger<Functions> logger)
    {
        [Function("Length")]
        public static async Task<IResult> Length([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, CancellationToken cancellationToken)
        {
            using var reader = new StreamReader(request.Body);
            return Results.Text($"{(await reader.ReadToEndAsync(cancellationToken)).Length}");
        }

        [Function("Logs")]
        public IResult Logs([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context)
        {
            logger.Log(LogLevel.Information, default, "information", null, static (state, _) => state);
            context.GetLogger("Loud").Log(LogLevel.Debug, default, "debug", null, static (state, _) => state);
            return Results.Text(context.InvocationId);
        }
    }
}
