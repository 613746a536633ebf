using EmbeddedFunctions.Durability.Runtime;
using EmbeddedFunctions.Tests.Storage;
using EmbeddedFunctions.Tests.Triggers;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedFunctions.Tests.Durability;

public sealed class SmokeTests(StorageAccount account)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Orchestration_OfEverything_Completes(bool keepsExecutions)
    {
        var holder = new ClientHolder();
        await using var app = await new StorageApp(account) { HostJson = DurableApp.HostJson() }.StartAsync(
            typeof(SmokeFunctions),
            services => services.AddSingleton(holder).Configure<DurableTuning>(tuning => tuning.KeepsExecutions = keepsExecutions));
        await app.GetAsync("/api/client");
        var cancellationToken = TestContext.Current.CancellationToken;

        var instanceId = await holder.Client!.ScheduleNewOrchestrationInstanceAsync("Everything", 4, cancellationToken);
        await holder.Client.RaiseEventAsync(instanceId, "NAME", "Ada", cancellationToken);
        var instance = await holder.Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, cancellationToken);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, instance.RuntimeStatus);
        Assert.Equal("Hello Ada from a child 30", instance.ReadOutputAs<string>());
        Assert.Equal("waiting", instance.ReadCustomStatusAs<string>());
    }
}
