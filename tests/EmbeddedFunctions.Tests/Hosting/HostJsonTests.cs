using EmbeddedFunctions.Hosting;

namespace EmbeddedFunctions.Tests.Hosting;

public sealed class HostJsonTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("embedded-functions-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Read_OnlyVersion_HasTheOfficialDefaults()
    {
        var host = Read("""{ "version": "2.0" }""");

        Assert.Equal("api", host.RoutePrefix);
        Assert.Equal(TimeSpan.FromMinutes(30), host.FunctionTimeout);
        Assert.Empty(host.LogLevels);
    }

    [Fact]
    public void Read_EverySection_WithCommentsAndTrailingCommas()
    {
        var host = Read("""
            {
              // a comment
              "version": "2.0",
              "telemetryMode": "OpenTelemetry",
              "functionTimeout": "00:10:00", /* another */
              "logging": {
                "logLevel": { "default": "warning", "Function.X": "Debug", },
                "applicationInsights": { "samplingSettings": { "isEnabled": true, "excludedTypes": "Request" } },
              },
              "extensions": { "http": { "routePrefix": "v1/voice" } },
            }
            """);

        Assert.Equal("v1/voice", host.RoutePrefix);
        Assert.Equal(TimeSpan.FromMinutes(10), host.FunctionTimeout);
        Assert.Equal("Warning", host.LogLevels["Default"]);
        Assert.Equal("Debug", host.LogLevels["Function.X"]);
    }

    [Fact]
    public void Read_UnlimitedTimeout_IsNull() => Assert.Null(Read("""{ "version": "2.0", "functionTimeout": "-1" }""").FunctionTimeout);

    [Fact]
    public void Read_Blobs_AreTheirDefaultsUnlessSet()
    {
        var settings = Read("""{ "version": "2.0", "extensions": { "blobs": { "maxDegreeOfParallelism": 3 } } }""").Blobs;

        Assert.Equal((3, 5), (settings.MaxDegreeOfParallelism, settings.PoisonBlobThreshold));
        Assert.Equal(8 * Environment.ProcessorCount, Read(TestApp.HostJson).Blobs.MaxDegreeOfParallelism);
        Assert.Equal(2, Read("""{ "version": "2.0", "extensions": { "blobs": { "poisonBlobThreshold": 2 } } }""").Blobs.PoisonBlobThreshold);
    }

    [Theory]
    [InlineData("""{ }""", "version must be \"2.0\"")]
    [InlineData("""{ "version": "3.0" }""", "version must be \"2.0\"")]
    [InlineData("""[]""", "the file must be an object")]
    [InlineData("""{ "version": "2.0", "functionTimeout": "soon" }""", "functionTimeout must be a positive time")]
    [InlineData("""{ "version": "2.0", "functionTimeout": "00:00:00" }""", "functionTimeout must be a positive time")]
    [InlineData("""{ "version": "2.0", "extensions": { "http": { "routePrefix": 5 } } }""", "extensions.http.routePrefix must be a string")]
    [InlineData("""{ "version": "2.0", "extensions": { "http": { "maxConcurrentRequests": 5 } } }""", "extensions.http.maxConcurrentRequests is not supported")]
    [InlineData("""{ "version": "2.0", "extensions": { "queues": {} } }""", "extensions.queues is not supported")]
    [InlineData("""{ "version": "2.0", "extensions": { "blobs": { "maxDegreeOfParallelism": 0 } } }""", "extensions.blobs.maxDegreeOfParallelism must be a whole number above zero")]
    [InlineData("""{ "version": "2.0", "extensions": { "blobs": { "poisonBlobThreshold": "5" } } }""", "extensions.blobs.poisonBlobThreshold must be a whole number above zero")]
    [InlineData("""{ "version": "2.0", "extensions": { "blobs": { "centralizedPoisonQueue": true } } }""", "extensions.blobs.centralizedPoisonQueue is not supported")]
    [InlineData("""{ "version": "2.0", "extensionBundle": {} }""", "extensionBundle is not supported")]
    [InlineData("""{ "version": "2.0", "logging": { "console": {} } }""", "logging.console is not supported")]
    [InlineData("""{ "version": "2.0", "logging": { "applicationInsights": true } }""", "logging.applicationInsights must be an object")]
    [InlineData("""{ "version": "2.0", "logging": { "logLevel": { "default": "loud" } } }""", "logging.logLevel.default must be Trace")]
    [InlineData("""{ "version": "2.0", "telemetryMode": "ApplicationInsights" }""", "telemetryMode must be \"OpenTelemetry\"")]
    public void Read_WhatTheRuntimeLacks_IsRefusedByName(string json, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_Malformed_NamesFileAndLine()
    {
        var exception = Assert.Throws<InvalidDataException>(() => Read("{\n  \"version\": \"2.0\"\n  \"functionTimeout\": 1\n}"));

        Assert.Contains(Path.Combine(_directory.FullName, "host.json") + "(3,", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoFile_SaysWhere() =>
        Assert.Contains(_directory.FullName, Assert.Throws<InvalidDataException>(() => HostJson.Read(_directory.FullName)).Message, StringComparison.Ordinal);

    [Fact]
    public void RefuseOverrides_VariableOfTheOfficialHost_IsRefusedByName()
    {
        HostJson.RefuseOverrides(["PATH", "AzureWebJobsStorage"]);

        var exception = Assert.Throws<InvalidDataException>(() => HostJson.RefuseOverrides(["PATH", "AzureFunctionsJobHost__functionTimeout"]));
        Assert.Contains("AzureFunctionsJobHost__functionTimeout", exception.Message, StringComparison.Ordinal);
    }

    private HostJson Read(string json)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "host.json"), json);
        return HostJson.Read(_directory.FullName);
    }
}
