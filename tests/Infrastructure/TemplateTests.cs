namespace VoiceFunctions.Infrastructure;

/// <summary>The template compiles without a word of warning, holds to every rule, and a breach of any rule is noticed by that rule.</summary>
public sealed class TemplateTests(TemplateTests.Loaded loaded) : IClassFixture<TemplateTests.Loaded>
{
    public static TheoryData<string> Rules => [.. TemplateRules.All.Select(rule => rule.Name)];

    public static TheoryData<string, int> Breaks => [.. TemplateRules.All.SelectMany(rule => rule.Breaks.Select((_, number) => (rule.Name, number)))];

    [Theory]
    [InlineData("build", "main.bicep", "--stdout")]
    [InlineData("lint", "main.bicep")]
    [InlineData("build-params", "main.bicepparam", "--stdout")]
    [InlineData("build", "drop-folder.bicep", "--stdout")]
    [InlineData("lint", "drop-folder.bicep")]
    public async Task Bicep_EveryFile_HasNoWarning(params string[] arguments)
    {
        var (_, complaints) = await Bicep.RunAsync(arguments);

        Assert.Empty(complaints);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Template_AsItIs_KeepsTheRule(string rule) => Assert.Empty(Rule(rule).Check(loaded.Full));

    [Theory]
    [MemberData(nameof(Breaks))]
    public void Template_Broken_IsCaughtByTheRule(string rule, int number)
    {
        var broken = loaded.Full.Copy();
        Rule(rule).Breaks[number](broken);

        Assert.NotEmpty(Rule(rule).Check(broken));
    }

    [Fact]
    public async Task Template_ByDefault_HasNoNetworkAndNoAdministrator()
    {
        var template = await Template.LoadDefaultAsync();

        Assert.Empty(template.Of("Microsoft.Network/virtualNetworks"));
        Assert.Equal("Enabled", (string?)template.One("Microsoft.Storage/storageAccounts")["properties"]!["publicNetworkAccess"]);
        Assert.Empty(TemplateRules.All.Where(rule => !rule.Name.StartsWith("private ", StringComparison.Ordinal)).SelectMany(rule => rule.Check(template)));
        Assert.Equal(loaded.Full.Of("Microsoft.Authorization/roleAssignments").Count() - 1, template.Of("Microsoft.Authorization/roleAssignments").Count());
    }

    [Theory]
    [InlineData("uploads")]
    [InlineData("inbox")]
    [InlineData("jobs")]
    [InlineData("results")]
    [InlineData("poison")]
    [InlineData("speechcache")]
    public void Template_EveryContainerOfTheApp_IsThere(string container) =>
        Assert.Contains(loaded.Full.Of("Microsoft.Storage/storageAccounts/blobServices/containers"), found => ((string)found["name"]!).EndsWith($"/{container}", StringComparison.Ordinal));

    private static TemplateRule Rule(string name) => TemplateRules.All.Single(rule => rule.Name == name);

    /// <summary>The template is evaluated once for all tests.</summary>
    public sealed class Loaded : IAsyncLifetime
    {
        internal Template Full { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Full = await Template.LoadFullAsync();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
