using System.Net;
using Azure.Core;
using EmbeddedFunctions.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace EmbeddedFunctions.Tests;

/// <summary>An app of the given function classes, on a port of its own, with its settings in a folder of its own.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    public const string HostJson = """{ "version": "2.0" }""";

    private readonly DirectoryInfo _directory;
    private readonly IHost _host;

    private TestApp(IHost host, DirectoryInfo directory)
    {
        _host = host;
        _directory = directory;
        Client = new HttpClient { BaseAddress = new Uri(Address) };
    }

    public HttpClient Client { get; }

    public string Address => _host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public FakeLogCollector Logs => _host.Services.GetRequiredService<FakeLogCollector>();

    public T Service<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public static Task<TestApp> StartAsync(
        Type functions, Action<FunctionsApplicationBuilder>? configure = null, string hostJson = HostJson, string? localSettings = null, params string[] args) =>
        StartAsync([functions], configure, hostJson, localSettings, args);

    public static Task<TestApp> StartAsync(
        Type[] types, Action<FunctionsApplicationBuilder>? configure = null, string? hostJson = HostJson, string? localSettings = null, params string[] args) =>
        StartAsync(types, configure, hostJson, localSettings, configureStorage: null, args);

    public static async Task<TestApp> StartAsync(
        Type[] types, Action<FunctionsApplicationBuilder>? configure, string? hostJson, string? localSettings, Action<ClientOptions>? configureStorage, string[] args)
    {
        var directory = Directory.CreateTempSubdirectory("embedded-functions-");
        try
        {
            var host = Build(directory, types, configure, hostJson, localSettings, configureStorage, args);
            await host.StartAsync(TestContext.Current.CancellationToken);
            return new TestApp(host, directory);
        }
        catch
        {
            directory.Delete(recursive: true);
            throw;
        }
    }

    public async Task<string> GetAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await BodyAsync(response);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static Task<string> BodyAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    public Task StopAsync() => _host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        _directory.Delete(recursive: true);
    }

    private static IHost Build(
        DirectoryInfo directory,
        Type[] types,
        Action<FunctionsApplicationBuilder>? configure,
        string? hostJson,
        string? localSettings,
        Action<ClientOptions>? configureStorage,
        string[] args)
    {
        if (hostJson is not null)
        {
            File.WriteAllText(Path.Combine(directory.FullName, "host.json"), hostJson);
        }

        if (localSettings is not null)
        {
            File.WriteAllText(Path.Combine(directory.FullName, "local.settings.json"), localSettings);
        }

        var settings = new EmbeddedSettings
        {
            BaseDirectory = directory.FullName,
            Types = () => types,
            ConfigureStorage = configureStorage,
            LeasePeriod = TimeSpan.FromSeconds(15),
            HubLeasePeriod = TimeSpan.FromSeconds(15),
        };
        var builder = new FunctionsApplicationBuilder(["--urls", "http://127.0.0.1:0", .. args], settings);
        builder.Logging.ClearProviders().AddFakeLogging();
        if (configure is null)
        {
            builder.ConfigureFunctionsWebApplication();
        }
        else
        {
            configure(builder);
        }

        return builder.Build();
    }
}
