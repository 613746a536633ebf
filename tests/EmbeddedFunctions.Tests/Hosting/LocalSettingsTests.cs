using EmbeddedFunctions.Hosting;

namespace EmbeddedFunctions.Tests.Hosting;

/// <summary>The variables are real ones of this process, so each test has names of its own.</summary>
public sealed class LocalSettingsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("embedded-functions-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Apply_NoFile_IsFine()
    {
        LocalSettings.Apply(_directory.FullName);

        Assert.Empty(_directory.GetFiles());
    }

    [Fact]
    public void Apply_Values_BecomeVariablesAsText()
    {
        Apply("""{ "IsEncrypted": false, "Values": { "LocalA__B": "text", "LocalNumber": 5, "LocalTrue": true, "LocalNull": null, } }""");

        Assert.Equal("text", Environment.GetEnvironmentVariable("LocalA__B"));
        Assert.Equal("5", Environment.GetEnvironmentVariable("LocalNumber"));
        Assert.Equal("true", Environment.GetEnvironmentVariable("LocalTrue"));
        Assert.Null(Environment.GetEnvironmentVariable("LocalNull"));
    }

    [Fact]
    public void Apply_VariableIsSet_RealEnvironmentWins()
    {
        Environment.SetEnvironmentVariable("LocalSetBefore", "real");

        Apply("""{ "Values": { "LocalSetBefore": "file" } }""");

        Assert.Equal("real", Environment.GetEnvironmentVariable("LocalSetBefore"));
    }

    [Fact]
    public async Task Apply_ValuesAndConnectionStrings_AreConfiguration()
    {
        await using var app = await TestApp.StartAsync(
            [],
            localSettings: """
                { "Values": { "LocalSection__Key": "value" }, "ConnectionStrings": { "LocalOne": "a", "LocalTwo": { "ConnectionString": "b", "ProviderName": "p" } } }
                """);
        var configuration = app.Service<Microsoft.Extensions.Configuration.IConfiguration>();

        Assert.Equal("value", configuration["LocalSection:Key"]);
        Assert.Equal("a", configuration["ConnectionStrings:LocalOne"]);
        Assert.Equal("b", configuration["ConnectionStrings:LocalTwo"]);
    }

    [Theory]
    [InlineData("""{ "IsEncrypted": true }""", "IsEncrypted must be false")]
    [InlineData("""{ "Values": { "LocalNested": { "a": 1 } } }""", "Values.LocalNested must be a string")]
    [InlineData("""{ "Values": [] }""", "Values must be an object")]
    [InlineData("""{ "ConnectionStrings": { "LocalBad": 1 } }""", "ConnectionStrings.LocalBad must be a string")]
    [InlineData("""{ "Host": { "LocalHttpPort": 7072 } }""", "Host is not supported")]
    [InlineData("""{ "Values": """, "local.settings.json(1,")]
    public void Apply_WhatTheRuntimeLacks_IsRefusedByName(string json, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Apply(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Apply_OneValueIsRefused_NoneIsSet()
    {
        Assert.Throws<InvalidDataException>(() => Apply("""{ "Values": { "LocalFirst": "1", "LocalSecond": [] } }"""));

        Assert.Null(Environment.GetEnvironmentVariable("LocalFirst"));
    }

    private void Apply(string json)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "local.settings.json"), json);
        LocalSettings.Apply(_directory.FullName);
    }
}
