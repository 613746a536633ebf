using Azure.Core;
using EmbeddedFunctions.Tests.Storage;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedFunctions.Tests.Triggers;

/// <summary>Starts apps on the storage emulator, each an instance of the app that <see cref="HostId"/> names.</summary>
internal sealed class StorageApp(StorageAccount account)
{
    public string HostId { get; init; } = StorageAccount.NewName();

    public string HostJson { get; init; } = TestApp.HostJson;

    public Task<TestApp> StartAsync(
        Type functions, Action<IServiceCollection> services, Action<ClientOptions>? configureStorage = null, params (string Name, string Value)[] settings) =>
        TestApp.StartAsync(
            [functions],
            (FunctionsApplicationBuilder builder) =>
            {
                builder.ConfigureFunctionsWebApplication();
                services(builder.Services);
            },
            HostJson,
            localSettings: null,
            configureStorage,
            [
                .. settings.SelectMany(setting => (string[])[$"--{setting.Name}", setting.Value]),
                "--AzureWebJobsStorage", account.ConnectionString, "--AzureFunctionsWebHost:hostid", HostId,
            ]);
}
