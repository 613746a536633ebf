using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Tests.Storage;

public sealed class StorageRegistrationTests
{
    [Theory]
    [InlineData("https://acc.table.core.windows.net/", "", "DefaultEndpointsProtocol=https;AccountName=acc;AccountKey=c3R1Yg==")]
    [InlineData("https://acc.table.core.windows.net/", ":accountName", "acc")]
    [InlineData("https://tables.example/", ":tableServiceUri", "https://tables.example")]
    public void AddStorage_Setting_NamesTheAccount(string address, string key, string value) => Assert.Equal(new Uri(address), Tables((key, value)).Uri);

    [Fact]
    public void AddStorage_NothingSet_SaysWhatToSet()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Tables());

        Assert.Contains("AzureWebJobsStorage", exception.Message, StringComparison.Ordinal);
    }

    private static TableServiceClient Tables(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"AzureWebJobsStorage{setting.Key}", (string?)setting.Value))).Build())
        .AddStorage()
        .BuildServiceProvider()
        .GetRequiredService<TableServiceClient>();
}
