using Azure.Data.Tables;
using Azure.Storage.Blobs;
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

    [Theory]
    [InlineData("https://acc.blob.core.windows.net/", "", "DefaultEndpointsProtocol=https;AccountName=acc;AccountKey=c3R1Yg==")]
    [InlineData("https://acc.blob.core.windows.net/", ":accountName", "acc")]
    [InlineData("https://blobs.example/", ":blobServiceUri", "https://blobs.example")]
    public void AddStorage_Setting_NamesTheBlobsToo(string address, string key, string value) =>
        Assert.Equal(new Uri(address), Services((key, value)).GetRequiredService<BlobServiceClient>().Uri);

    [Fact]
    public void AddStorage_NothingSet_SaysWhatToSet()
    {
        Assert.Contains("tableServiceUri", Assert.Throws<InvalidOperationException>(() => Tables()).Message, StringComparison.Ordinal);
        Assert.Contains("blobServiceUri", Assert.Throws<InvalidOperationException>(() => Services().GetRequiredService<BlobServiceClient>()).Message, StringComparison.Ordinal);
    }

    private static TableServiceClient Tables(params (string Key, string Value)[] settings) => Services(settings).GetRequiredService<TableServiceClient>();

    private static ServiceProvider Services(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"AzureWebJobsStorage{setting.Key}", (string?)setting.Value))).Build())
        .AddStorage()
        .BuildServiceProvider();
}
