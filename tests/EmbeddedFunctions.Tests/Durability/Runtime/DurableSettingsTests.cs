using EmbeddedFunctions.Durability.Runtime;
using EmbeddedFunctions.Hosting;

namespace EmbeddedFunctions.Tests.Durability.Runtime;

public sealed class DurableSettingsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("durable-settings-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Read_WithoutTheSection_HasTheOfficialDefaults()
    {
        var settings = HostJson.Read(Write("{ \"version\": \"2.0\" }")).DurableTask;

        Assert.Equal("TestHubName", settings.HubName);
        Assert.Equal("AzureWebJobsStorage", settings.ConnectionName);
        Assert.Equal(10 * Environment.ProcessorCount, settings.MaxOrchestrators);
        Assert.Equal(10 * Environment.ProcessorCount, settings.MaxActivities);
    }

    [Fact]
    public void Read_OfTheSection_TakesIt()
    {
        var settings = Read(
            """{ "hubName": "Voice1", "maxConcurrentOrchestratorFunctions": 3, "maxConcurrentActivityFunctions": 4, "storageProvider": { "type": "AzureStorage", "connectionStringName": "Jobs" } }""");

        Assert.Equal(new DurableSettings { HubName = "Voice1", MaxOrchestrators = 3, MaxActivities = 4, ConnectionName = "Jobs" }, settings);
    }

    [Theory]
    [InlineData("""{ "extendedSessionsEnabled": false, "tracing": { "distributedTracingEnabled": true, "version": "V2", "traceInputsAndOutputs": false, "traceReplayEvents": false } }""")]
    [InlineData("""{ "tracing": { "DistributedTracingEnabled": true, "Version": "V2" } }""")]
    public void Read_OfWhatIsSoAnyway_ChangesNothing(string section) => Assert.Equal(new DurableSettings(), Read(section));

    [Theory]
    [InlineData("""{ "tracing": { "distributedTracingEnabled": false } }""", "tracing.distributedTracingEnabled must be true")]
    [InlineData("""{ "tracing": { "version": "V1" } }""", "tracing.version must be \"V2\"")]
    [InlineData("""{ "tracing": { "traceInputsAndOutputs": true } }""", "tracing.traceInputsAndOutputs is not supported")]
    [InlineData("""{ "tracing": { "distributedTracingProtocol": "W3CTraceContext" } }""", "tracing.distributedTracingProtocol is not supported")]
    [InlineData("""{ "tracing": true }""", "tracing must be an object")]
    [InlineData("""{ "extendedSessionsEnabled": true }""", "extendedSessionsEnabled")]
    [InlineData("""{ "storageProvider": { "partitionCount": 4 } }""", "storageProvider.partitionCount")]
    [InlineData("""{ "storageProvider": { "type": "mssql" } }""", "storageProvider.type")]
    [InlineData("""{ "hubName": "with-dash" }""", "hubName")]
    [InlineData("""{ "hubName": "1st" }""", "hubName")]
    [InlineData("""{ "maxConcurrentActivityFunctions": 0 }""", "maxConcurrentActivityFunctions")]
    public void Read_OfWhatIsNotSupported_Throws(string section, string name) =>
        Assert.Contains($"extensions.durableTask.{name}", Assert.Throws<InvalidDataException>(() => Read(section)).Message, StringComparison.Ordinal);

    private DurableSettings Read(string section) => HostJson.Read(Write($$"""{ "version": "2.0", "extensions": { "durableTask": {{section}} } }""")).DurableTask;

    private string Write(string hostJson)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "host.json"), hostJson);
        return _directory.FullName;
    }
}
