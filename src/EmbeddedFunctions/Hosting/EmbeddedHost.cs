using System.Text.Json;
using Azure.Core.Serialization;
using EmbeddedFunctions.Durability.Runtime;
using EmbeddedFunctions.Hosting.Blobs;
using EmbeddedFunctions.Hosting.Durable;
using EmbeddedFunctions.Hosting.Storage;
using EmbeddedFunctions.Hosting.Timers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EmbeddedFunctions.Hosting;

/// <summary>Puts the host together: configuration, logging, Kestrel, and the functions behind it.</summary>
internal static class EmbeddedHost
{
    private const string DefaultUrl = "http://127.0.0.1:7071";

    /// <summary>The largest request body that the official host passes on, whatever the app allows.</summary>
    private const long LargestRequestBody = 104_857_600;

    public static WebApplicationBuilder CreateBuilder(string[] args, EmbeddedSettings settings, HostJson hostJson)
    {
        LocalSettings.Apply(settings.BaseDirectory);
        HostJson.RefuseOverrides(Environment.GetEnvironmentVariables().Keys.Cast<string>());

        // The empty builder, because each default that is not wanted costs time at every start.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ContentRootPath = settings.BaseDirectory,
            EnvironmentName = Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT")
                ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
                ?? Environments.Production,
        });

        AddConfiguration(builder.Configuration, args, builder.Environment.EnvironmentName, hostJson);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(options => options.SingleLine = true);
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);
        builder.Services.PostConfigure<KestrelServerOptions>(options =>
            options.Limits.MaxRequestBodySize = Math.Min(options.Limits.MaxRequestBodySize ?? LargestRequestBody, LargestRequestBody));
        builder.Services.Configure<JsonSerializerOptions>(options => options.PropertyNameCaseInsensitive = true);
        builder.Services.AddOptions<WorkerOptions>().PostConfigure<IOptions<JsonSerializerOptions>>((options, json) =>
            options.Serializer ??= new JsonObjectSerializer(json.Value));
        builder.Services.AddOptions<DurableTuning>();
        AddressGuard.AddTo(builder.Services, settings.ExitWhenAddressInUse);
        return builder;
    }

    /// <exception cref="InvalidOperationException">A function cannot be served.</exception>
    public static IHost Build(
        WebApplicationBuilder builder,
        EmbeddedSettings settings,
        HostJson hostJson,
        IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
    {
        var triggers = new TriggerHost();
        // By a factory, so that it is disposed of with the rest.
        builder.Services.AddSingleton<IHostedService>(_ => triggers);
        var app = builder.Build();
        try
        {
            var loggers = app.Services.GetRequiredService<ILoggerFactory>();
            var runner = new FunctionRunner(
                middleware.Reverse().Aggregate((FunctionExecutionDelegate)FunctionInvoker.InvokeAsync, (next, step) => step(next)),
                app.Services.GetRequiredService<IServiceScopeFactory>(),
                hostJson.FunctionTimeout,
                app.Services.GetService<TimeProvider>() ?? TimeProvider.System);
            var http = new HttpTriggerSource(
                hostJson.RoutePrefix, app.Services.GetRequiredService<IInlineConstraintResolver>(), AspNetCoreIntegration.IsAddedTo(app.Services));
            var storage = new StorageConnections(app.Configuration, settings.ConfigureStorage);
            var hostStorage = new HostStorage(
                storage, HostId.Of(app.Configuration, app.Environment.ApplicationName), settings.LeasePeriod, loggers);
            var hub = new DurableHub(hostJson.DurableTask, storage, settings.HubLeasePeriod, app.Services, runner.Time);
            var durable = new DurableFunctions(runner);
            triggers.Sources =
            [
                http,
                new TimerTriggerSource(app.Configuration, hostStorage, runner),
                new BlobScanSource(hostJson.Blobs, app.Configuration, storage, hostStorage, runner),
                new OrchestrationTriggerSource(hub, durable),
                new ActivityTriggerSource(hub, durable),
            ];
            new FunctionCatalog(triggers.Sources, [new DurableClientBinding(hub)], app.Configuration, loggers).Load(settings.Types());
            app.Run(new HttpDispatcher(http.Functions, runner).InvokeAsync);
            return app;
        }
        catch
        {
            ((IDisposable)app).Dispose();
            throw;
        }
    }

    /// <summary>Later sources win: defaults, host.json, appsettings, environment (which has local.settings.json in it by now), command line.</summary>
    private static void AddConfiguration(ConfigurationManager configuration, string[] args, string environment, HostJson hostJson)
    {
        var defaults = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Logging:LogLevel:Default"] = nameof(LogLevel.Information),
            ["Logging:LogLevel:Microsoft.AspNetCore"] = nameof(LogLevel.Warning),
            // It says where the app listens, so it stays audible when host.json turns the rest down.
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = nameof(LogLevel.Information),
        };
        foreach (var (category, level) in hostJson.LogLevels)
        {
            defaults[$"Logging:LogLevel:{category}"] = level;
        }

        configuration.AddInMemoryCollection(defaults);
        configuration.AddJsonFile("appsettings.json", optional: true, reloadOnChange: false);
        configuration.AddJsonFile($"appsettings.{environment}.json", optional: true, reloadOnChange: false);
        configuration.AddEnvironmentVariables("ASPNETCORE_");
        configuration.AddEnvironmentVariables("DOTNET_");
        configuration.AddEnvironmentVariables("AZURE_FUNCTIONS_");
        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(args);
        configuration[WebHostDefaults.ServerUrlsKey] ??= DefaultUrl;
    }
}
