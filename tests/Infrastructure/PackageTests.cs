using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Telemetry;

namespace VoiceFunctions.Infrastructure;

/// <summary>What goes to Azure: the same functions as here, and all that Flex Consumption lacks.</summary>
public sealed class PackageTests(Package package) : IClassFixture<Package>
{
    /// <summary>Where Azure has the package (learn.microsoft.com/azure/azure-functions/functions-deployment-technologies).</summary>
    private const string Root = "/home/site/wwwroot/";

    [Fact]
    public void Publish_AgainstTheOfficialPackages_WarnsOfNothingInTheApp() => Assert.DoesNotContain("warning CS", package.Log, StringComparison.Ordinal);

    [Fact]
    public void Functions_AsTheOfficialSdkSeesThem_AreThoseOfTheEmbeddedRuntime()
    {
        var official = JsonNode.Parse(package.Read("functions.metadata"))!.AsArray();
        var embedded = typeof(VoiceMeter).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name).OfType<string>();

        Assert.Equal(embedded.Order(StringComparer.Ordinal), official.Select(function => (string)function!["name"]!).Order(StringComparer.Ordinal));
        Assert.All(
            official.SelectMany(function => function!["bindings"]!.AsArray()).Where(binding => (string?)binding!["type"] == "httpTrigger"),
            trigger => Assert.Equal("Anonymous", (string?)trigger!["authLevel"]));
    }

    [Fact]
    public async Task EventGrid_TellsTheFunctionThatListensToIt()
    {
        var official = JsonNode.Parse(package.Read("functions.metadata"))!.AsArray();
        var listener = Assert.Single(official, function => function!["bindings"]!.AsArray().Any(binding =>
            (string?)binding!["type"] == "blobTrigger" && string.Equals((string?)binding["source"] ?? (string?)binding["properties"]?["source"], "EventGrid", StringComparison.OrdinalIgnoreCase)));

        var (template, _) = await Bicep.RunAsync("build", "drop-folder.bicep", "--stdout");

        Assert.Contains($"functionName=Host.Functions.{listener!["name"]}&", template, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host.json")]
    [InlineData("worker.config.json")]
    [InlineData("extensions.json")]
    [InlineData("appsettings.json")]
    [InlineData("libonnxruntime.so")]
    [InlineData("libwasmtime.so")]
    public void Package_WhatTheHostAndTheEnginesNeed_IsThere(string file) => Assert.True(File.Exists(Path.Combine(package.Folder, file)));

    [Fact]
    public void Package_SettingsOfTheLaptop_StayThere() => Assert.Empty(Directory.EnumerateFiles(package.Folder, "local.settings*", SearchOption.AllDirectories));

    [Fact]
    public async Task Package_WhatTheTemplateNames_IsThereAndRuns()
    {
        var settings = (await Template.LoadDefaultAsync()).SettingValues;
        var ffmpeg = InPackage(settings["Audio__FfmpegPath"]);
        var models = InPackage(settings["Offline__ModelsPath"]);

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(ffmpeg).HasFlag(UnixFileMode.UserExecute));
        Assert.True(File.Exists(Path.Combine(models, "installed.json")));
        Assert.All(JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(models, "installed.json"), TestContext.Current.CancellationToken))!["files"]!.AsObject(),
            file => Assert.True(File.Exists(Path.Combine(models, file.Key)), file.Key));
        Assert.StartsWith("/tmp/", settings["Offline__CachePath"], StringComparison.Ordinal);
    }

    private string InPackage(string path)
    {
        Assert.StartsWith(Root, path, StringComparison.Ordinal);
        return Path.Combine(package.Folder, path[Root.Length..]);
    }
}
